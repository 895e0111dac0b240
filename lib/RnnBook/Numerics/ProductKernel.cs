using System.Runtime.CompilerServices;

namespace RnnBook;

/// <summary>A small number that the JIT knows when it compiles a tile.</summary>
internal interface ICount
{
    public static abstract int Value { get; }
}

internal readonly struct One : ICount
{
    public static int Value => 1;
}

internal readonly struct Two : ICount
{
    public static int Value => 2;
}

internal readonly struct Three : ICount
{
    public static int Value => 3;
}

internal readonly struct Four : ICount
{
    public static int Value => 4;
}

internal readonly struct Eight : ICount
{
    public static int Value => 8;
}

/// <summary>
/// The matrix product behind every layer, in tiles of at most 8 rows by 3 strips whose sums stay in registers. An element of C
/// is summed in the same order whatever tile it falls into, so its bits do not depend on how rows are divided among threads.
/// </summary>
internal static unsafe class ProductKernel<V>
    where V : unmanaged, ILanes<V>
{
    public static void Multiply(Product p)
    {
        while (p.Strips > 0)
        {
            // Never a lone last strip: one column of sums cannot hide the latency of the multiply-adds.
            var columns = p.Strips switch { 1 => 1, 2 or 4 => 2, _ => 3 };
            switch (columns)
            {
                case 1:
                    MultiplyColumns<One>(p);
                    break;
                case 2:
                    MultiplyColumns<Two>(p);
                    break;
                default:
                    MultiplyColumns<Three>(p);
                    break;
            }

            p.Strips -= columns;
            p.B += columns * p.BStrip;
            p.C += columns * p.CStrip;
            p.Start += columns * p.StartStrip;
        }
    }

    private static void MultiplyColumns<TColumns>(Product p)
        where TColumns : struct, ICount
    {
        for (; V.TileRows == 8 && p.Rows >= 8; Advance(ref p, 8))
        {
            Tile<Eight, TColumns>(p);
        }

        for (; p.Rows >= 4; Advance(ref p, 4))
        {
            Tile<Four, TColumns>(p);
        }

        for (; p.Rows >= 2; Advance(ref p, 2))
        {
            Tile<Two, TColumns>(p);
        }

        if (p.Rows == 1)
        {
            Tile<One, TColumns>(p);
        }
    }

    private static void Advance(ref Product p, int rows)
    {
        p.Rows -= rows;
        p.A += rows * p.ARow;
        p.C += rows * p.CRow;
        p.Start += rows * p.StartRow;
    }

    // Sums are separate locals (an array would live in memory); branches on Value vanish when the JIT compiles the tile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Tile<TRows, TColumns>(in Product p)
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        V s00 = default, s01 = default, s02 = default, s10 = default, s11 = default, s12 = default;
        V s20 = default, s21 = default, s22 = default, s30 = default, s31 = default, s32 = default;
        V s40 = default, s41 = default, s42 = default, s50 = default, s51 = default, s52 = default;
        V s60 = default, s61 = default, s62 = default, s70 = default, s71 = default, s72 = default;
        var start = p.Start;
        Load<TColumns>(start, p.StartStrip, ref s00, ref s01, ref s02);
        if (TRows.Value > 1)
        {
            Load<TColumns>(start += p.StartRow, p.StartStrip, ref s10, ref s11, ref s12);
        }

        if (TRows.Value > 2)
        {
            Load<TColumns>(start += p.StartRow, p.StartStrip, ref s20, ref s21, ref s22);
            Load<TColumns>(start += p.StartRow, p.StartStrip, ref s30, ref s31, ref s32);
        }

        if (TRows.Value > 4)
        {
            Load<TColumns>(start += p.StartRow, p.StartStrip, ref s40, ref s41, ref s42);
            Load<TColumns>(start += p.StartRow, p.StartStrip, ref s50, ref s51, ref s52);
            Load<TColumns>(start += p.StartRow, p.StartStrip, ref s60, ref s61, ref s62);
            Load<TColumns>(start + p.StartRow, p.StartStrip, ref s70, ref s71, ref s72);
        }

        nint row1 = p.ARow, row2 = 2 * row1, row3 = 3 * row1, strip1 = p.BStrip, strip2 = 2 * strip1, aStep = p.AStep;
        float* a = p.A, b = p.B;
        for (var segment = p.Segments; segment > 0; segment--)
        {
            var next = a + p.ASegment;
            for (var left = p.Steps; left > 0; left -= p.Run)
            {
                var a4 = a + (4 * row1);
                for (var end = b + ((nint)Math.Min(left, p.Run) * V.Width); b < end; b += V.Width)
                {
                    var b0 = V.Load(b);
                    var b1 = TColumns.Value > 1 ? V.Load(b + strip1) : default;
                    var b2 = TColumns.Value > 2 ? V.Load(b + strip2) : default;
                    AddRow<TColumns>(a, b0, b1, b2, ref s00, ref s01, ref s02);
                    if (TRows.Value > 1)
                    {
                        AddRow<TColumns>(a + row1, b0, b1, b2, ref s10, ref s11, ref s12);
                    }

                    if (TRows.Value > 2)
                    {
                        AddRow<TColumns>(a + row2, b0, b1, b2, ref s20, ref s21, ref s22);
                        AddRow<TColumns>(a + row3, b0, b1, b2, ref s30, ref s31, ref s32);
                    }

                    if (TRows.Value > 4)
                    {
                        AddRow<TColumns>(a4, b0, b1, b2, ref s40, ref s41, ref s42);
                        AddRow<TColumns>(a4 + row1, b0, b1, b2, ref s50, ref s51, ref s52);
                        AddRow<TColumns>(a4 + row2, b0, b1, b2, ref s60, ref s61, ref s62);
                        AddRow<TColumns>(a4 + row3, b0, b1, b2, ref s70, ref s71, ref s72);
                        a4 += aStep;
                    }

                    a += aStep;
                }

                a += p.ASkip;
                b += p.BSkip;
            }

            a = next;
        }

        var c = p.C;
        Store<TColumns>(c, p.CStrip, s00, s01, s02);
        if (TRows.Value > 1)
        {
            Store<TColumns>(c += p.CRow, p.CStrip, s10, s11, s12);
        }

        if (TRows.Value > 2)
        {
            Store<TColumns>(c += p.CRow, p.CStrip, s20, s21, s22);
            Store<TColumns>(c += p.CRow, p.CStrip, s30, s31, s32);
        }

        if (TRows.Value > 4)
        {
            Store<TColumns>(c += p.CRow, p.CStrip, s40, s41, s42);
            Store<TColumns>(c += p.CRow, p.CStrip, s50, s51, s52);
            Store<TColumns>(c += p.CRow, p.CStrip, s60, s61, s62);
            Store<TColumns>(c + p.CRow, p.CStrip, s70, s71, s72);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<TColumns>(float* a, V b0, V b1, V b2, ref V s0, ref V s1, ref V s2)
        where TColumns : struct, ICount
    {
        var x = V.All(*a);
        V.AddProduct(ref s0, x, b0);
        if (TColumns.Value > 1)
        {
            V.AddProduct(ref s1, x, b1);
        }

        if (TColumns.Value > 2)
        {
            V.AddProduct(ref s2, x, b2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TColumns>(float* p, nint strip, ref V s0, ref V s1, ref V s2)
        where TColumns : struct, ICount
    {
        s0 = V.Load(p);
        if (TColumns.Value > 1)
        {
            s1 = V.Load(p + strip);
        }

        if (TColumns.Value > 2)
        {
            s2 = V.Load(p + (2 * strip));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TColumns>(float* p, nint strip, V s0, V s1, V s2)
        where TColumns : struct, ICount
    {
        V.Store(p, s0);
        if (TColumns.Value > 1)
        {
            V.Store(p + strip, s1);
        }

        if (TColumns.Value > 2)
        {
            V.Store(p + (2 * strip), s2);
        }
    }
}
