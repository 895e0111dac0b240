using System.Runtime.CompilerServices;

namespace RnnBook;

/// <summary>
/// A matrix cut into panels as wide as a vector register: panel after panel, a panel's rows one behind the other. So the kernels read
/// whole vectors from consecutive memory however wide the matrix is, and rows of a step or of a chunk lie together. Lanes of the last
/// panel beyond the matrix stay zero unless a kernel says otherwise. Grows, never shrinks.
/// </summary>
/// <remarks>The kernels' memory. Whatever is handed to them is checked here to lie inside: a wrong index is an exception.</remarks>
internal sealed unsafe class PackedMatrix
{
    private float[] storage = [];
    private float* start;
    private int width = 1;

    public int Rows { get; private set; }

    public int Columns { get; private set; }

    public int Panels { get; private set; }

    /// <summary>Floats from one panel to the next.</summary>
    public nint Stride { get; private set; }

    /// <summary>Panels that so many columns need.</summary>
    public static int PanelsOf(int columns, int width) => (columns + width - 1) / width;

    /// <summary>Takes on a shape; the contents are lost (all zero) if it is another one than before.</summary>
    /// <param name="width">Columns of a panel.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <exception cref="ArgumentException">It is larger than an array may be.</exception>
    public void Resize(int width, long rows, long columns)
    {
        if (width == this.width && rows == Rows && columns == Columns)
        {
            return;
        }

        // An odd number of cache lines, and 17 modulo 32: the same rows of neighbouring panels do not compete for a cache set.
        var lines = ((rows * width) + 15) / 16;
        lines += (32 + 17 - (lines % 32)) % 32;
        var panels = (columns + width - 1) / width;
        var needed = ((Int128)lines * 16 * panels) + 32;
        if (needed > Array.MaxLength)
        {
            throw new ArgumentException(
                $"A pass needs {needed} numbers in one piece, for {rows} rows (steps times sequences) of {columns}: more than an array holds.");
        }

        if (needed > storage.Length)
        {
            storage = GC.AllocateArray<float>((int)needed, pinned: true);
        }
        else
        {
            Array.Clear(storage);
        }

        (this.width, Rows, Columns, Panels, Stride) = (width, (int)rows, (int)columns, (int)panels, (nint)(lines * 16));
        fixed (float* first = storage)
        {
            start = (float*)(((nint)first + 63) & ~63);
        }
    }

    public void Clear() => Array.Clear(storage);

    /// <summary>Some rows of some panels, for the kernels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PackedRows Block(int row, int rows, int panel, int panels)
    {
        RequireInside(row, rows, Rows);
        RequireInside(panel, panels, Panels);
        return new PackedRows((nint)(start + (panel * Stride) + ((nint)row * width)), Stride, width, rows, panels);
    }

    /// <summary>Some rows of all panels.</summary>
    public PackedRows Block(int row, int rows) => Block(row, rows, 0, Panels);

    /// <summary>One row in place of every row.</summary>
    public PackedRows Repeat(int row, int panel, int panels) => Block(row, 1, panel, panels) with { RowStride = 0, Rows = int.MaxValue };

    /// <summary>The first vector in place of every row and panel.</summary>
    public PackedRows RepeatFirst() => Block(0, 1, 0, 1) with { Stride = 0, RowStride = 0, Rows = int.MaxValue, Panels = int.MaxValue };

    /// <summary>A row's part of a panel, or that of some rows.</summary>
    public Span<float> Lanes(int row, int panel, int rows = 1) => new(Block(row, rows, panel, 1).Panel(0), rows * width);

    /// <summary>One element; the lanes beyond the columns count, too.</summary>
    public ref float this[int row, int column] => ref At(row, column / width)[column % width];

    /// <summary>Zeros in the first columns of some rows.</summary>
    public void ClearRows(int row, int rows, int columns)
    {
        RequireInside(row, rows, Rows);
        RequireInside(0, columns, Panels * width);
        for (var panel = 0; panel * width < columns; panel++)
        {
            var lanes = Math.Min(width, columns - (panel * width));
            for (var r = row; r < row + rows; r++)
            {
                new Span<float>(At(r, panel), lanes).Clear();
            }
        }
    }

    /// <summary>Copies a row-major matrix into rows from <paramref name="row"/> and columns from <paramref name="column"/> on.</summary>
    /// <param name="source">Whole rows of <paramref name="columns"/> numbers.</param>
    /// <param name="columns">Columns to write.</param>
    /// <param name="row">First row to write.</param>
    /// <param name="column">First column to write.</param>
    public void Write(ReadOnlySpan<float> source, int columns, int row, int column = 0)
    {
        var rows = source.Length / columns;
        RequireInside(row, rows, Rows);
        RequireInside(column, columns, Panels * width);
        fixed (float* values = source)
        {
            Write(values, columns, rows, columns, row, column);
        }
    }

    /// <summary>Copies the first columns of another matrix's rows.</summary>
    public void Write(PackedMatrix source, int sourceRow, int rows, int columns, int row, int column = 0)
    {
        RequireInside(row, rows, Rows);
        RequireInside(column, columns, Panels * width);
        var from = source.Block(sourceRow, rows, 0, PanelsOf(columns, width));
        for (var panel = 0; panel < from.Panels; panel++)
        {
            Write(from.Panel(panel), width, rows, Math.Min(width, columns - (panel * width)), row, column + (panel * width));
        }
    }

    /// <summary>Copies rows from <paramref name="row"/> on, their first columns, to a row-major matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(Span<float> target, int columns, int row)
    {
        var rows = target.Length / columns;
        RequireInside(row, rows, Rows);
        RequireInside(0, columns, Panels * width);
        fixed (float* values = target)
        {
            for (var done = 0; done < columns; done += width)
            {
                var count = Math.Min(width, columns - done);
                var source = start + (done / width * Stride) + ((nint)row * width);
                for (var r = 0; r < rows; r++)
                {
                    CopyLanes(source + ((nint)r * width), values + ((nint)r * columns) + done, count);
                }
            }
        }
    }

    /// <summary>
    /// Transposes a row-major matrix into one panel: row <paramref name="row"/> + k, lane l receives source[l·columns + k].
    /// </summary>
    /// <param name="source">Whole rows, at most as many as a panel has lanes.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="row">First row to write.</param>
    /// <param name="panel">The panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void WriteTransposed(ReadOnlySpan<float> source, int columns, int row, int panel)
    {
        // A few rows at a time: they stay in the cache until all their lanes are written.
        const int block = 16;
        var lanes = source.Length / columns;
        RequireInside(0, lanes, width);
        var target = Block(row, columns, panel, 1).Panel(0);
        fixed (float* values = source)
        {
            for (var first = 0; first < columns; first += block)
            {
                var end = Math.Min(columns, first + block);
                for (var lane = 0; lane < lanes; lane++)
                {
                    var from = values + ((nint)lane * columns);
                    var to = target + lane;
                    for (var k = first; k < end; k++)
                    {
                        to[(nint)k * width] = from[k];
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write(float* source, nint sourceRow, int rows, int columns, int row, int column)
    {
        for (var done = 0; done < columns;)
        {
            var lane = (column + done) % width;
            var count = Math.Min(width - lane, columns - done);
            var target = start + ((column + done) / width * Stride) + ((nint)row * width) + lane;
            for (var r = 0; r < rows; r++)
            {
                CopyLanes(source + (r * sourceRow) + done, target + ((nint)r * width), count);
            }

            done += count;
        }
    }

    /// <summary>The first lane of a row in a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* At(int row, int panel)
    {
        if ((uint)row >= (uint)Rows || (uint)panel >= (uint)Panels)
        {
            ThrowOutside(row, 1, Rows);
        }

        return start + (panel * Stride) + ((nint)row * width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RequireInside(int first, int count, int size)
    {
        if ((first | count) < 0 || first > size - count)
        {
            ThrowOutside(first, count, size);
        }
    }

    private static void ThrowOutside(int first, int count, int size) =>
        throw new InvalidOperationException($"{count} from {first} on are outside a packed matrix of {size}: this is a mistake in the library.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyLanes(float* source, float* target, int count)
    {
        for (var i = 0; i < count; i++)
        {
            target[i] = source[i];
        }
    }
}

/// <summary>Rows of a <see cref="PackedMatrix"/>, which made them and checked that they lie inside.</summary>
/// <param name="Address">The first row in the first panel.</param>
/// <param name="Stride">Floats from one panel to the next.</param>
/// <param name="RowStride">Floats from one row to the next; 0 if one row stands for all.</param>
/// <param name="Rows">How many rows may be touched.</param>
/// <param name="Panels">How many panels may be touched.</param>
internal readonly unsafe record struct PackedRows(nint Address, nint Stride, int RowStride, int Rows, int Panels)
{
    /// <summary>The first row in a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Panel(int panel) => (float*)Address + (panel * Stride);

    /// <summary>What begins so many floats behind these: for kernels, which know their bounds.</summary>
    public PackedRows Behind(nint floats) => this with { Address = Address + (floats * sizeof(float)) };

    /// <summary>Throws unless a kernel may touch so many rows and panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Require(int rows, int panels)
    {
        if ((rows | panels) < 0 || rows > Rows || panels > Panels)
        {
            Throw(rows, panels);
        }
    }

    private void Throw(int rows, int panels) => throw new InvalidOperationException(
        $"A kernel was to touch {rows} rows in {panels} panels, but was given {Rows} in {Panels}: this is a mistake in the library.");
}
