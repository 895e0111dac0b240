using System.Runtime.CompilerServices;

namespace RnnBook;

/// <summary>
/// A matrix cut into strips as wide as a vector register: strip after strip, a strip's rows one behind the other. So the
/// kernels read whole vectors from consecutive memory however wide the matrix is, and rows of a step or of a chunk lie
/// together. Lanes of the last strip beyond the matrix stay zero unless a kernel says otherwise. Grows, never shrinks.
/// </summary>
internal sealed unsafe class Strips
{
    private float[] storage = [];
    private float* start;
    private int width = 1;

    public int Rows { get; private set; }

    public int Columns { get; private set; }

    /// <summary>Number of strips.</summary>
    public int Count => Strips.For(Columns, width);

    /// <summary>Floats from one strip to the next.</summary>
    public nint Stride { get; private set; }

    /// <summary>Strips that so many columns need.</summary>
    public static int For(int columns, int width) => (columns + width - 1) / width;

    /// <summary>Takes on a shape; the contents are lost (all zero) if it is another one than before.</summary>
    /// <param name="width">Columns of a strip.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns of the matrix.</param>
    public void Resize(int width, int rows, int columns)
    {
        if (width == this.width && rows == Rows && columns == Columns)
        {
            return;
        }

        (this.width, Rows, Columns) = (width, rows, columns);

        // An odd number of cache lines, and 17 modulo 32: the same rows of neighbouring strips do not compete for a cache set.
        var lines = ((rows * (long)width) + 15) / 16;
        lines += (32 + 17 - (lines % 32)) % 32;
        Stride = checked((nint)(lines * 16));
        var needed = checked((Stride * Count) + 32);
        if (needed > storage.Length)
        {
            storage = GC.AllocateArray<float>(checked((int)needed), pinned: true);
        }
        else
        {
            Array.Clear(storage);
        }

        fixed (float* first = storage)
        {
            start = (float*)(((nint)first + 63) & ~63);
        }
    }

    public void Clear() => Array.Clear(storage);

    /// <summary>The first lane of a row in a strip.</summary>
    public float* At(int row, int strip = 0) => start + (strip * Stride) + ((nint)row * width);

    /// <summary>A row's part of a strip.</summary>
    public Span<float> Lanes(int row, int strip) => new(At(row, strip), width);

    /// <summary>One element.</summary>
    public ref float this[int row, int column] => ref At(row, column / width)[column % width];

    /// <summary>Zeros in the first columns of some rows.</summary>
    public void ClearRows(int row, int rows, int columns)
    {
        for (var strip = 0; strip * width < columns; strip++)
        {
            var lanes = Math.Min(width, columns - (strip * width));
            for (var r = row; r < row + rows; r++)
            {
                new Span<float>(At(r, strip), lanes).Clear();
            }
        }
    }

    /// <summary>Copies a row-major matrix into rows from <paramref name="row"/> and columns from <paramref name="column"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(float* source, nint sourceRow, int rows, int columns, int row, int column)
    {
        for (var done = 0; done < columns;)
        {
            var lane = (column + done) % width;
            var count = Math.Min(width - lane, columns - done);
            var target = At(row, (column + done) / width) + lane;
            for (var r = 0; r < rows; r++)
            {
                CopyLanes(source + (r * sourceRow) + done, target + ((nint)r * width), count);
            }

            done += count;
        }
    }

    /// <summary>Copies rows and columns from here to a row-major matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(float* target, nint targetRow, int rows, int columns, int row, int column)
    {
        for (var done = 0; done < columns;)
        {
            var lane = (column + done) % width;
            var count = Math.Min(width - lane, columns - done);
            var source = At(row, (column + done) / width) + lane;
            for (var r = 0; r < rows; r++)
            {
                CopyLanes(source + ((nint)r * width), target + (r * targetRow) + done, count);
            }

            done += count;
        }
    }

    /// <summary>Copies the first columns of another matrix's rows, strip by strip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(Strips source, int sourceRow, int rows, int columns, int row, int column)
    {
        for (var strip = 0; strip < For(columns, width); strip++)
        {
            Write(source.At(sourceRow, strip), width, rows, Math.Min(width, columns - (strip * width)), row, column + (strip * width));
        }
    }

    /// <summary>
    /// Transposes rows of a row-major matrix into one strip: row <paramref name="row"/> + k, lane l receives source[l·sourceRow + k].
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void WriteTransposed(float* source, nint sourceRow, int lanes, int count, int row, int strip)
    {
        // A few rows at a time: they stay in the cache until all their lanes are written.
        const int block = 16;
        for (var first = 0; first < count; first += block)
        {
            var end = Math.Min(count, first + block);
            for (var lane = 0; lane < lanes; lane++)
            {
                var from = source + (lane * sourceRow);
                var to = At(row, strip) + lane;
                for (var k = first; k < end; k++)
                {
                    to[(nint)k * width] = from[k];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyLanes(float* source, float* target, int count)
    {
        for (var i = 0; i < count; i++)
        {
            target[i] = source[i];
        }
    }
}
