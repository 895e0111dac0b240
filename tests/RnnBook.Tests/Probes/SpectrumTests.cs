using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace RnnBook.Tests;

/// <summary>Spectra whose closed form is known.</summary>
public class SpectrumTests
{
    [Fact]
    public void A_rotation_turns_by_its_angle_and_keeps_lengths()
    {
        var turn = Matrix<double>.Build.DenseOfArray(new[,] { { Math.Cos(0.3), -Math.Sin(0.3) }, { Math.Sin(0.3), Math.Cos(0.3) } });
        var eigenvalues = Spectrum.Eigenvalues(turn);
        Assert.All(eigenvalues, l => Assert.Equal(0.3, Math.Abs(l.Phase), 1e-12));
        Assert.Equal(1, Spectrum.Radius(turn), 1e-12);
        Assert.Equal(1, Spectrum.Norm(turn), 1e-12);
        Assert.Equal(0, Spectrum.NonNormality(turn), 1e-7);
    }

    [Fact]
    public void A_Jordan_block_lengthens_more_than_its_eigenvalue_says()
    {
        // λ = 1/2 twice; WᵀW has trace 1.5 and determinant 1/16.
        var block = Matrix<double>.Build.DenseOfArray(new[,] { { 0.5, 1 }, { 0, 0.5 } });
        Assert.Equal(0.5, Spectrum.Radius(block), 1e-7);
        Assert.Equal(Math.Sqrt((1.5 + Math.Sqrt(2.25 - 0.25)) / 2), Spectrum.Norm(block), 1e-12);
        Assert.Equal(Math.Sqrt(1 / 1.5), Spectrum.NonNormality(block), 1e-7);
    }

    [Fact]
    public void A_nilpotent_matrix_is_as_far_from_normal_as_can_be()
    {
        var shift = Matrix<double>.Build.DenseOfArray(new double[,] { { 0, 1, 0 }, { 0, 0, 1 }, { 0, 0, 0 } });
        Assert.Equal(0, Spectrum.Radius(shift), 1e-12);
        Assert.Equal([1, 1, 0], Spectrum.SingularValues(shift).Select(s => Math.Round(s, 12)));
        Assert.Equal(1, Spectrum.NonNormality(shift), 1e-12);
        Assert.Equal(0, Spectrum.NonNormality(shift * 0));
    }

    [Fact]
    public void An_orthogonal_start_has_all_singular_values_one()
    {
        var w = Orthogonal(50);
        Assert.All(Spectrum.SingularValues(w), s => Assert.Equal(1, s, 1e-5));
        Assert.Equal(0, Spectrum.NonNormality(w), 1e-3);
    }

    [Fact]
    public void The_norm_is_never_below_the_radius() => Prop.ForAll(Gen.Choose(1, 12).ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (size, seed) =>
    {
        var w = Gaussian(size, seed);
        var summary = Spectrum.Summarize(w);
        Assert.True(summary.Norm >= summary.Radius - 1e-9);
        Assert.True(summary.SmallestSingularValue <= Math.Abs(Spectrum.Eigenvalues(w)[^1].Magnitude) + 1e-9);
        Assert.InRange(summary.NonNormality, 0, 1);
        Assert.Equal(3 * summary.Radius, Spectrum.Radius(3 * w), 1e-9 * (1 + summary.Radius));
        Assert.Equal(w.Determinant(), Spectrum.Eigenvalues(w).Aggregate((a, b) => a * b).Real, 1e-7 * (1 + Math.Abs(w.Determinant())));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_has_no_spectrum_is_refused()
    {
        Assert.Contains("2×3", Assert.Throws<ArgumentException>(() => Spectrum.Radius(Matrix<double>.Build.Dense(2, 3))).Message);
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() => Spectrum.Norm(Matrix<double>.Build.Dense(2, 2, double.NaN))).Message);
    }

    [Fact]
    public void The_summary_reads_well() => Assert.Equal(
        "2×2: ρ = 2, ‖W‖ = 2, σ_min = 2, departure from normality 0.0 %",
        Spectrum.Summarize(2 * Matrix<double>.Build.DenseIdentity(2)).ToString().Replace("0.0%", "0.0 %"));

    internal static Matrix<double> Gaussian(int size, int seed)
    {
        var random = new RandomSource((ulong)seed);
        return Matrix<double>.Build.Dense(size, size, (_, _) => random.NextGaussian());
    }

    internal static Matrix<double> Orthogonal(int size)
    {
        var w = new Tensor(size, size);
        Initializer.Orthogonal().Fill(w, new RandomSource(11));
        return w.ToMatrix();
    }
}
