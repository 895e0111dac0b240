using MathNet.Numerics.LinearAlgebra;

namespace RnnBook.Tests;

/// <summary>Exponents whose closed form is known, and a sum rule that holds for any network.</summary>
public class LyapunovExponentsTests
{
    [Fact]
    public void A_linear_map_has_the_logarithms_of_its_eigenvalues()
    {
        // Triangular and not normal: the eigenvalues stand on the diagonal.
        var w = Matrix<double>.Build.DenseOfArray(new[,] { { 0.5, 3, -1 }, { 0, 1.25, 2 }, { 0, 0, 0.75 } });
        var measured = LyapunovExponents.Measure(Path(w, Activation.Identity, 3000), skip: 100);
        Assert.Equal([Math.Log(1.25), Math.Log(0.75), Math.Log(0.5)], measured.Exponents, Near(1e-3));
        Assert.Equal(2900, measured.Steps);
        Assert.Equal(measured.Largest, measured.Running[^1], 1e-12);
    }

    [Fact]
    public void A_spiral_has_its_radius_twice()
    {
        var turn = Matrix<double>.Build.DenseOfArray(new[,] { { Math.Cos(1), -Math.Sin(1) }, { Math.Sin(1), Math.Cos(1) } });
        var measured = LyapunovExponents.Measure(Path(0.9 * turn, Activation.Identity, 50));
        Assert.Equal([Math.Log(0.9), Math.Log(0.9)], measured.Exponents, Near(1e-6));
    }

    [Fact]
    public void An_orthogonal_map_has_none_but_zero() =>
        Assert.All(LyapunovExponents.Measure(Path(SpectrumTests.Orthogonal(8), Activation.Identity, 100)).Exponents, e => Assert.Equal(0, e, 1e-6));

    [Fact]
    public void They_add_up_to_the_mean_logarithm_of_the_volume()
    {
        var path = Path(1.5 / Math.Sqrt(6) * SpectrumTests.Gaussian(6, 2), Activation.Tanh, 200);
        var volume = Enumerable.Range(1, 200).Average(t => Math.Log(Math.Abs(Jacobian.OfState(path, t).Determinant())));
        Assert.Equal(volume, LyapunovExponents.Measure(path).Exponents.Sum(), 1e-6);
    }

    [Fact]
    public void The_first_few_are_the_first_of_all()
    {
        var path = Path(SpectrumTests.Gaussian(6, 4), Activation.Tanh, 2000);
        var all = LyapunovExponents.Measure(path, skip: 200);
        var two = LyapunovExponents.Measure(path, count: 2, skip: 200, seed: 9);
        Assert.Equal(2, two.Exponents.Count);
        Assert.Equal(all.Exponents.Take(2), two.Exponents, Near(5e-3));
    }

    [Fact]
    public void Dead_units_leave_minus_infinity()
    {
        var rnn = new Rnn(1, 2, Activation.Relu).StartFrom(new RandomSource(1), Initializer.Identity(), Initializer.Constant(-1));
        var x = new Tensor(5, 1, 1);
        x.Fill(1);
        Assert.All(LyapunovExponents.Measure(rnn, x).Exponents, e => Assert.Equal(double.NegativeInfinity, e));
    }

    [Fact]
    public void Counts_that_do_not_fit_are_refused()
    {
        var path = Path(SpectrumTests.Orthogonal(3), Activation.Tanh, 10);
        Assert.Throws<ArgumentOutOfRangeException>(() => LyapunovExponents.Measure(path, count: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => LyapunovExponents.Measure(path, skip: 10));
        Assert.StartsWith("Lyapunov exponents over 10 steps: ", LyapunovExponents.Measure(path).ToString());
    }

    private static StateTrajectory Path(Matrix<double> w, Activation f, int length)
    {
        var random = new RandomSource(8);
        var rnn = new Rnn(2, w.RowCount, f).StartFrom(random, Initializer.Zeros, Initializer.Gaussian(0.3f));
        rnn.WeightHh.Value.Assign(w);
        var x = new Tensor(length, 1, 2);
        Initializer.Gaussian(1).Fill(x, random);
        return new StateTrajectory(rnn, x);
    }

    private static Comparer Near(double tolerance) => new(tolerance);

    private sealed class Comparer(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double obj) => 0;
    }
}
