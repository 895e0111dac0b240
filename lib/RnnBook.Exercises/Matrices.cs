using MathNet.Numerics.LinearAlgebra;

namespace RnnBook;

/// <summary>Random and nearly equal matrices, for the judges.</summary>
internal static class Matrices
{
    /// <summary>A matrix of standard normal numbers; the same seed gives the same ones.</summary>
    public static Matrix<double> Gaussian(int rows, int columns, ulong seed)
    {
        var random = new RandomSource(seed);
        return Matrix<double>.Build.Dense(rows, columns, (_, _) => random.NextGaussian());
    }

    /// <summary>Whether two vectors are equal but for rounding.</summary>
    public static bool Near(Vector<double> a, Vector<double> b) => (a - b).L2Norm() < 1e-9;

    /// <summary>Whether two matrices are equal but for rounding, or for what is tolerated.</summary>
    public static bool Near(Matrix<double> a, Matrix<double> b, double tolerance = 1e-9) => (a - b).FrobeniusNorm() < tolerance;
}
