using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace RnnBook;

/// <summary>
/// How long products of matrices grow or shrink: powers of one W, independent matrices, the Jacobians of a network. The product is
/// rescaled after every factor, so its norm may leave the range of double by any amount; only the logarithm is kept.
/// </summary>
public static class MatrixProduct
{
    /// <summary>
    /// ln‖A_k ⋯ A_1‖ for k = 1, 2, …: the largest gain, −∞ once the product is 0. One singular value decomposition a step, O(n³).
    /// </summary>
    /// <param name="factors">A_1, A_2, …, square and of one size, in the order in which they are applied.</param>
    /// <exception cref="ArgumentException">A factor is not finite, or sizes differ.</exception>
    public static double[] LogNorms(IEnumerable<Matrix<double>> factors) => Logarithms(factors, Spectrum.Norm);

    /// <summary>
    /// ln(‖A_k ⋯ A_1‖_F/√n) for k = 1, 2, …: the gain of a random direction (root mean square). As <see cref="LogNorms"/>, but cheaper.
    /// </summary>
    /// <exception cref="ArgumentException">A factor is not finite, or sizes differ.</exception>
    public static double[] LogTypicalGains(IEnumerable<Matrix<double>> factors) =>
        Logarithms(factors, product => FrobeniusNorm(product) / Math.Sqrt(product.ColumnCount));

    private static double[] Logarithms(IEnumerable<Matrix<double>> factors, Func<Matrix<double>, double> measure)
    {
        ArgumentNullException.ThrowIfNull(factors);
        var result = new List<double>();
        var logScale = 0.0;
        Matrix<double>? product = null;
        foreach (var factor in factors)
        {
            if (product is not null && (factor.ColumnCount != product.RowCount || factor.RowCount != factor.ColumnCount))
            {
                var (rows, columns) = (factor.RowCount, factor.ColumnCount);
                throw new ArgumentException(
                    $"Factor {result.Count + 1} is {rows}×{columns}, but the product so far {product.RowCount}×{product.ColumnCount}.",
                    nameof(factors));
            }

            product = product is null ? factor : factor * product;
            var scale = FrobeniusNorm(product);
            if (!double.IsFinite(scale))
            {
                throw new ArgumentException($"Factor {result.Count + 1} has an element that is not finite.", nameof(factors));
            }

            if (scale > 0)
            {
                product /= scale;
                logScale += Math.Log(scale);
            }

            result.Add(scale > 0 ? logScale + Math.Log(measure(product)) : double.NegativeInfinity);
        }

        return [.. result];
    }

    /// <summary>√Σx². MathNet's own FrobeniusNorm multiplies the whole matrix by its transpose first.</summary>
    private static double FrobeniusNorm(Matrix<double> matrix) => TensorPrimitives.Norm<double>(matrix.ToColumnMajorArray());
}
