using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using static System.FormattableString;

namespace RnnBook;

/// <summary>What a matrix does to lengths, at once (singular values) and in the long run (eigenvalues).</summary>
public static class Spectrum
{
    /// <summary>Eigenvalues λ of a square W, the largest |λ| first.</summary>
    /// <exception cref="ArgumentException">Not square, or not finite.</exception>
    public static Complex[] Eigenvalues(Matrix<double> w)
    {
        Require(w, isSquare: true);
        return [.. w.Evd().EigenValues.OrderByDescending(Complex.Abs)];
    }

    /// <summary>Spectral radius ρ(W) of a square W, the largest |λ|: ‖Wⁿ‖ grows as ρⁿ in the long run.</summary>
    /// <exception cref="ArgumentException">Not square, or not finite.</exception>
    public static double Radius(Matrix<double> w) => Complex.Abs(Eigenvalues(w)[0]);

    /// <summary>Singular values σ of any W, the largest first: what W can do to the length of a vector.</summary>
    /// <exception cref="ArgumentException">Not finite.</exception>
    public static double[] SingularValues(Matrix<double> w)
    {
        Require(w, isSquare: false);
        return w.Svd(computeVectors: false).S.ToArray();
    }

    /// <summary>2-norm ‖W‖ of any W, the largest singular value: the most by which one step can lengthen a vector. Never below ρ(W).</summary>
    /// <exception cref="ArgumentException">Not finite.</exception>
    public static double Norm(Matrix<double> w) => SingularValues(w)[0];

    /// <summary>
    /// Henrici's departure of a square W from normality as a share of the whole: √(‖W‖_F² − Σ|λ|²)/‖W‖_F. 0 for a normal matrix
    /// (symmetric, orthogonal, …), where ‖Wⁿ‖ = ρⁿ exactly; towards 1 for a nilpotent one, whose powers may swell before they obey ρ.
    /// </summary>
    /// <exception cref="ArgumentException">Not square, or not finite.</exception>
    public static double NonNormality(Matrix<double> w)
    {
        var eigenvalues = Eigenvalues(w);
        var whole = w.Enumerate().Sum(x => x * x);
        var normal = eigenvalues.Sum(l => (l.Real * l.Real) + (l.Imaginary * l.Imaginary));
        return whole == 0 ? 0 : Math.Sqrt(Math.Max(0, whole - normal) / whole);
    }

    /// <summary>All of it for a square W.</summary>
    /// <exception cref="ArgumentException">Not square, or not finite.</exception>
    public static SpectrumSummary Summarize(Matrix<double> w)
    {
        var singular = SingularValues(w);
        return new SpectrumSummary(w.RowCount, Radius(w), singular[0], singular[^1], NonNormality(w));
    }

    private static void Require(Matrix<double> w, bool isSquare)
    {
        ArgumentNullException.ThrowIfNull(w);
        if (isSquare && w.RowCount != w.ColumnCount)
        {
            throw new ArgumentException($"Eigenvalues need a square matrix, not {w.RowCount}×{w.ColumnCount}.", nameof(w));
        }

        if (!w.ForAll(double.IsFinite))
        {
            throw new ArgumentException($"The {w.RowCount}×{w.ColumnCount} matrix has an element that is not finite.", nameof(w));
        }
    }
}

/// <summary>What <see cref="Spectrum.Summarize"/> found.</summary>
/// <param name="Size">n.</param>
/// <param name="Radius">ρ(W).</param>
/// <param name="Norm">Largest singular value.</param>
/// <param name="SmallestSingularValue">Smallest singular value.</param>
/// <param name="NonNormality">Henrici's departure from normality, 0 to 1.</param>
public sealed record SpectrumSummary(int Size, double Radius, double Norm, double SmallestSingularValue, double NonNormality)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Invariant($"{Size}×{Size}: ρ = {Radius:G4}, ‖W‖ = {Norm:G4}, σ_min = {SmallestSingularValue:G4}, departure from normality {NonNormality:P1}");
}
