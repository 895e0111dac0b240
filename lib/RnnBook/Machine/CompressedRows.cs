using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>
/// A matrix in compressed rows (CSR): the values that are not 0, row after row, with the column of each, and for each row where it begins.
/// Saves memory from a half of zeros on, and time only from many more on.
/// </summary>
public sealed class CompressedRows
{
    private readonly float[] values;
    private readonly int[] columns, starts;

    /// <summary>Compresses a matrix.</summary>
    /// <param name="matrix">[rows, columns].</param>
    /// <exception cref="ArgumentException">It has not two axes.</exception>
    public CompressedRows(Tensor matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        matrix.RequireShape("The matrix", -1, -1);
        var (kept, at) = (new List<float>(), new List<int>());
        (Rows, Columns, starts) = (matrix.Shape[0], matrix.Shape[1], new int[matrix.Shape[0] + 1]);
        for (var row = 0; row < Rows; row++)
        {
            var entries = matrix.Slice(row);
            for (var column = 0; column < Columns; column++)
            {
                if (entries[column] != 0)
                {
                    kept.Add(entries[column]);
                    at.Add(column);
                }
            }

            starts[row + 1] = kept.Count;
        }

        (values, columns) = ([.. kept], [.. at]);
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>How many values are stored.</summary>
    public int Count => values.Length;

    /// <summary>4 bytes for each value, for its column, and for where a row begins.</summary>
    public long Bytes => 4L * (values.Length + columns.Length + starts.Length);

    /// <summary>Bytes of the dense matrix: 4 an entry.</summary>
    public long DenseBytes => 4L * Rows * Columns;

    /// <summary>Bytes of a mask of one bit an entry, and the values that are not 0.</summary>
    public long BitMaskBytes => ((((long)Rows * Columns) + 7) / 8) + (4L * values.Length);

    /// <summary>y = this · B: for every value that is not 0, a row of B is added.</summary>
    /// <param name="right">B, [columns, n].</param>
    /// <param name="product">y, [rows, n]; overwritten.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public void Multiply(Tensor right, Tensor product)
    {
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(product);
        right.RequireShape("B", Columns, -1);
        product.RequireShape("y", Rows, right.Shape[1]);
        product.Clear();
        for (var row = 0; row < Rows; row++)
        {
            var y = product.Slice(row);
            for (var k = starts[row]; k < starts[row + 1]; k++)
            {
                TensorPrimitives.MultiplyAdd(right.Slice(columns[k]), values[k], y, y);
            }
        }
    }
}
