using MathNet.Numerics.LinearAlgebra;

namespace RnnBook;

/// <summary>From the book's tensors (float, what trains) to MathNet's matrices (double, what theory is done with), and back.</summary>
public static class TensorMatrixExtensions
{
    /// <summary>A matrix as a MathNet matrix; exact, since every float is a double.</summary>
    /// <param name="tensor">[rows, columns].</param>
    /// <exception cref="ArgumentException">The tensor has not two axes.</exception>
    public static Matrix<double> ToMatrix(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.RequireShape("The tensor", -1, -1);
        return Matrix<double>.Build.Dense(tensor.Shape[0], tensor.Shape[1], (i, j) => tensor[i, j]);
    }

    /// <summary>One time step of a sequence as a MathNet matrix.</summary>
    /// <param name="tensor">[T, B, F].</param>
    /// <param name="step">Time step, 0 to T − 1.</param>
    /// <returns>[B, F].</returns>
    /// <exception cref="ArgumentException">The tensor has not three axes, or no such step.</exception>
    public static Matrix<double> ToMatrix(this Tensor tensor, int step)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.RequireShape("The sequence", -1, -1, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)step, (uint)tensor.Shape[0], nameof(step));
        return Matrix<double>.Build.Dense(tensor.Shape[1], tensor.Shape[2], (b, f) => tensor[step, b, f]);
    }

    /// <summary>A vector, such as a bias, as a MathNet vector.</summary>
    /// <param name="tensor">[n].</param>
    /// <exception cref="ArgumentException">The tensor has not one axis.</exception>
    public static Vector<double> ToVector(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.RequireShape("The tensor", -1);
        return Vector<double>.Build.Dense(tensor.Count, i => tensor[i]);
    }

    /// <summary>A MathNet matrix as a new tensor [rows, columns], each element rounded to float.</summary>
    public static Tensor ToTensor(this Matrix<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var tensor = new Tensor(matrix.RowCount, matrix.ColumnCount);
        tensor.Assign(matrix);
        return tensor;
    }

    /// <summary>Overwrites a tensor with a MathNet matrix, each element rounded to float: how to set a layer's weights.</summary>
    /// <param name="tensor">[rows, columns].</param>
    /// <param name="matrix">Of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void Assign(this Tensor tensor, Matrix<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(matrix);
        tensor.RequireShape("The tensor", matrix.RowCount, matrix.ColumnCount);
        for (var i = 0; i < matrix.RowCount; i++)
        {
            for (var j = 0; j < matrix.ColumnCount; j++)
            {
                tensor[i, j] = (float)matrix[i, j];
            }
        }
    }
}
