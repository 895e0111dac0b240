using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter06ExercisesTests
{
    [Fact]
    public void Powers_with_rescaling_find_the_radius() => Solved("06.1", (Matrix<double> w) => Growth(w, skip: 200, steps: 2000));

    [Fact]
    public void The_largest_singular_value_is_not_the_radius() => Wrong("06.1", (Matrix<double> w) => w.L2Norm(), "swells");

    [Fact]
    public void The_first_steps_are_not_the_long_run() => Wrong("06.1", (Matrix<double> w) => Growth(w, skip: 10, steps: 10), "Wait longer");

    [Fact]
    public void Powers_without_rescaling_leave_the_range() =>
        Wrong("06.1", (Matrix<double> w) => Math.Pow(w.Power(300).FrobeniusNorm(), 1.0 / 300), "range of double");

    [Fact]
    public void A_start_along_one_axis_may_miss_the_direction() =>
        Wrong("06.1", (Matrix<double> w) => (w.Power(2).Column(0) / w.Column(0).L2Norm()).L2Norm(), "start vector");

    [Fact]
    public void A_signed_eigenvalue_is_not_an_absolute_one() =>
        Wrong("06.1", (Matrix<double> w) => w.Evd().EigenValues.Max(l => l.Real), "absolute");

    [Fact]
    public void A_pair_with_a_large_weight_swells() =>
        Solved("06.2", (double rho, double peak) => Matrix<double>.Build.DenseOfArray(new[,] { { rho, peak }, { 0, rho } }));

    [Fact]
    public void A_symmetric_matrix_does_not_swell() =>
        Wrong("06.2", (double rho, double peak) => Matrix<double>.Build.DenseDiagonal(2, 2, rho), "normal");

    [Fact]
    public void Growing_by_a_larger_radius_is_no_swelling() =>
        Wrong("06.2", (double rho, double peak) => Matrix<double>.Build.DenseDiagonal(2, 2, 1.1), "spectral radius should be");

    [Fact]
    public void A_weight_too_small_does_not_reach_the_peak() =>
        Wrong("06.2", (double rho, double peak) => Matrix<double>.Build.DenseOfArray(new[,] { { rho, 1 }, { 0, rho } }), "largest is");

    [Fact]
    public void Slopes_scale_the_rows() => Solved("06.3", (Matrix<double> w, Vector<double> a) => Slopes(a) * w);

    [Fact]
    public void The_other_order_is_found_out() => Wrong("06.3", (Matrix<double> w, Vector<double> a) => w * Slopes(a), "order");

    [Fact]
    public void The_value_is_not_the_slope() =>
        Wrong("06.3", (Matrix<double> w, Vector<double> a) => Matrix<double>.Build.DenseOfDiagonalVector(a.PointwiseTanh()) * w, "derivative");

    [Fact]
    public void W_alone_lacks_the_slope() => Wrong("06.3", (Matrix<double> w, Vector<double> a) => w, "missing");

    [Fact]
    public void The_transposed_Jacobian_is_found_out() =>
        Wrong("06.3", (Matrix<double> w, Vector<double> a) => (Slopes(a) * w).Transpose(), "Transposed");

    [Fact]
    public void Between_the_borders_tanh_explodes_and_relu_vanishes() => Solved("06.4", () => (1.35, 0.02));

    [Theory]
    [InlineData(0.9, 0.01, "does not explode")]
    [InlineData(1.35, 3, "does not explode")]
    [InlineData(2.8, 0.1, "so does ReLU")]
    [InlineData(-1, 0.1, "above 0")]
    public void Elsewhere_the_verdict_stands(double gain, double scale, string word) => Wrong("06.4", () => (gain, scale), word);

    [Theory]
    [InlineData("06.1")]
    [InlineData("06.2")]
    [InlineData("06.3")]
    [InlineData("06.4")]
    public void The_empty_answer_is_told_so(string id)
    {
        Delegate empty = id switch
        {
            "06.1" => (Matrix<double> w) => double.NaN,
            "06.2" => (double rho, double peak) => (Matrix<double>)null!,
            "06.3" => (Matrix<double> w, Vector<double> a) => (Matrix<double>)null!,
            _ => () => (double.NaN, double.NaN),
        };
        Wrong(id, empty, "No answer yet");
    }

    private static Matrix<double> Slopes(Vector<double> a) =>
        Matrix<double>.Build.DenseOfDiagonalVector(a.Map(x => 1 - (Math.Tanh(x) * Math.Tanh(x))));

    private static double Growth(Matrix<double> w, int skip, int steps)
    {
        var v = Vector<double>.Build.Dense(w.ColumnCount, i => 1 + (0.3 * i));
        var sum = 0.0;
        for (var n = 0; n < skip + steps; n++)
        {
            v = w * v;
            sum += n >= skip ? Math.Log(v.L2Norm()) : 0;
            v = v.Normalize(2);
        }

        return Math.Exp(sum / steps);
    }
}
