using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace RnnBook;

/// <summary>
/// The matrix product behind every layer, in tiles of at most 8 rows by 3 panels whose sums stay in registers. An element of C
/// is summed in the same order whatever tile it falls into, so its bits do not depend on how rows are divided among threads.
/// </summary>
internal static unsafe class GemmKernel<V>
    where V : unmanaged, ILanes<V>
{
    public static void Multiply(in GemmArguments p)
    {
        p.RequireInside(V.Width);
        if (!p.Transposed)
        {
            Multiply<Plain>(p);
            return;
        }

        // As many rows of C at a time as a panel of A has lanes.
        for (int row = 0, panel = 0; row < p.Rows; row += V.Width, panel++)
        {
            Multiply<Transposed>(p with
            {
                A = p.A.Behind(panel * p.A.Stride),
                Start = p.Start.Behind(row * p.Start.RowStride),
                C = p.C.Behind(row * V.Width),
                Rows = Math.Min(V.Width, p.Rows - row),
            });
        }
    }

    private static void Multiply<TLayout>(GemmArguments p)
        where TLayout : struct, ILayout
    {
        while (p.Panels > 0)
        {
            // Never a lone last panel: one column of sums cannot hide the latency of the multiply-adds.
            var columns = p.Panels switch { 1 => 1, 2 or 4 => 2, _ => 3 };
            switch (columns)
            {
                case 1:
                    MultiplyColumns<TLayout, One>(p);
                    break;
                case 2:
                    MultiplyColumns<TLayout, Two>(p);
                    break;
                default:
                    MultiplyColumns<TLayout, Three>(p);
                    break;
            }

            p.Panels -= columns;
            p.B = p.B.Behind(columns * p.B.Stride);
            p.C = p.C.Behind(columns * p.C.Stride);
            p.Start = p.Start.Behind(columns * p.Start.Stride);
        }
    }

    private static void MultiplyColumns<TLayout, TColumns>(GemmArguments p)
        where TLayout : struct, ILayout
        where TColumns : struct, ICount
    {
        for (; V.TileRows == 8 && p.Rows >= 8; Advance<TLayout>(ref p, 8))
        {
            Tile<TLayout, Eight, TColumns>(p);
        }

        for (; p.Rows >= 4; Advance<TLayout>(ref p, 4))
        {
            Tile<TLayout, Four, TColumns>(p);
        }

        for (; p.Rows >= 2; Advance<TLayout>(ref p, 2))
        {
            Tile<TLayout, Two, TColumns>(p);
        }

        if (p.Rows == 1)
        {
            Tile<TLayout, One, TColumns>(p);
        }
    }

    private static void Advance<TLayout>(ref GemmArguments p, int rows)
        where TLayout : struct, ILayout
    {
        p.Rows -= rows;
        p.A = p.A.Behind(rows * (TLayout.Transposed ? 1 : V.Width));
        p.C = p.C.Behind(rows * V.Width);
        p.Start = p.Start.Behind(rows * p.Start.RowStride);
    }

    // Sums are separate locals (an array would live in memory); branches on Value vanish when the JIT compiles the tile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Tile<TLayout, TRows, TColumns>(in GemmArguments p)
        where TLayout : struct, ILayout
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        V s00 = default, s01 = default, s02 = default, s10 = default, s11 = default, s12 = default;
        V s20 = default, s21 = default, s22 = default, s30 = default, s31 = default, s32 = default;
        V s40 = default, s41 = default, s42 = default, s50 = default, s51 = default, s52 = default;
        V s60 = default, s61 = default, s62 = default, s70 = default, s71 = default, s72 = default;
        float* start = p.Start.Panel(0);
        nint startPanel = p.Start.Stride, startRow = p.Start.RowStride;
        Load<TColumns>(start, startPanel, ref s00, ref s01, ref s02);
        if (TRows.Value > 1)
        {
            Load<TColumns>(start += startRow, startPanel, ref s10, ref s11, ref s12);
        }

        if (TRows.Value > 2)
        {
            Load<TColumns>(start += startRow, startPanel, ref s20, ref s21, ref s22);
            Load<TColumns>(start += startRow, startPanel, ref s30, ref s31, ref s32);
        }

        if (TRows.Value > 4)
        {
            Load<TColumns>(start += startRow, startPanel, ref s40, ref s41, ref s42);
            Load<TColumns>(start += startRow, startPanel, ref s50, ref s51, ref s52);
            Load<TColumns>(start += startRow, startPanel, ref s60, ref s61, ref s62);
            Load<TColumns>(start += startRow, startPanel, ref s70, ref s71, ref s72);
        }

        if (TLayout.Transposed)
        {
            Fetch<TRows, TColumns>(start + startRow, startRow, startPanel);
        }

        float* a = p.A.Panel(0), b = p.B.Panel(0);
        var panel = p.B.Stride;
        var step = TLayout.Transposed ? V.Width : 1;
        var run = TLayout.Transposed ? p.Run : V.Width;
        var gap = (nint)p.Gap * V.Width;
        for (var segment = p.Segments; segment > 0; segment--)
        {
            var next = a + (p.SegmentPanels * p.A.Stride);
            for (var left = p.Inner; left > 0; left -= run)
            {
                var end = b + ((nint)Math.Min(left, run) * V.Width);
                for (var end4 = end - (4 * V.Width); b <= end4; a += 4 * step, b += 4 * V.Width)
                {
                    AddProducts<TLayout, TRows, TColumns>(
                        a, b, panel,
                        ref s00, ref s01, ref s02, ref s10, ref s11, ref s12, ref s20, ref s21, ref s22, ref s30, ref s31, ref s32,
                        ref s40, ref s41, ref s42, ref s50, ref s51, ref s52, ref s60, ref s61, ref s62, ref s70, ref s71, ref s72);
                    AddProducts<TLayout, TRows, TColumns>(
                        a + step, b + V.Width, panel,
                        ref s00, ref s01, ref s02, ref s10, ref s11, ref s12, ref s20, ref s21, ref s22, ref s30, ref s31, ref s32,
                        ref s40, ref s41, ref s42, ref s50, ref s51, ref s52, ref s60, ref s61, ref s62, ref s70, ref s71, ref s72);
                    AddProducts<TLayout, TRows, TColumns>(
                        a + (2 * step), b + (2 * V.Width), panel,
                        ref s00, ref s01, ref s02, ref s10, ref s11, ref s12, ref s20, ref s21, ref s22, ref s30, ref s31, ref s32,
                        ref s40, ref s41, ref s42, ref s50, ref s51, ref s52, ref s60, ref s61, ref s62, ref s70, ref s71, ref s72);
                    AddProducts<TLayout, TRows, TColumns>(
                        a + (3 * step), b + (3 * V.Width), panel,
                        ref s00, ref s01, ref s02, ref s10, ref s11, ref s12, ref s20, ref s21, ref s22, ref s30, ref s31, ref s32,
                        ref s40, ref s41, ref s42, ref s50, ref s51, ref s52, ref s60, ref s61, ref s62, ref s70, ref s71, ref s72);
                }

                for (; b < end; a += step, b += V.Width)
                {
                    AddProducts<TLayout, TRows, TColumns>(
                        a, b, panel,
                        ref s00, ref s01, ref s02, ref s10, ref s11, ref s12, ref s20, ref s21, ref s22, ref s30, ref s31, ref s32,
                        ref s40, ref s41, ref s42, ref s50, ref s51, ref s52, ref s60, ref s61, ref s62, ref s70, ref s71, ref s72);
                }

                a += TLayout.Transposed ? gap : p.A.Stride - V.Width;
                b += TLayout.Transposed ? gap : 0;
            }

            a = next;
        }

        var c = p.C.Panel(0);
        Store<TColumns>(c, p.C.Stride, s00, s01, s02);
        if (TRows.Value > 1)
        {
            Store<TColumns>(c += V.Width, p.C.Stride, s10, s11, s12);
        }

        if (TRows.Value > 2)
        {
            Store<TColumns>(c += V.Width, p.C.Stride, s20, s21, s22);
            Store<TColumns>(c += V.Width, p.C.Stride, s30, s31, s32);
        }

        if (TRows.Value > 4)
        {
            Store<TColumns>(c += V.Width, p.C.Stride, s40, s41, s42);
            Store<TColumns>(c += V.Width, p.C.Stride, s50, s51, s52);
            Store<TColumns>(c += V.Width, p.C.Stride, s60, s61, s62);
            Store<TColumns>(c + V.Width, p.C.Stride, s70, s71, s72);
        }
    }

    /// <summary>One step of the inner dimension for all sums of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProducts<TLayout, TRows, TColumns>(
        float* a, float* b, nint panel,
        ref V s00, ref V s01, ref V s02, ref V s10, ref V s11, ref V s12, ref V s20, ref V s21, ref V s22, ref V s30, ref V s31, ref V s32,
        ref V s40, ref V s41, ref V s42, ref V s50, ref V s51, ref V s52, ref V s60, ref V s61, ref V s62, ref V s70, ref V s71, ref V s72)
        where TLayout : struct, ILayout
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        var row = TLayout.Transposed ? 1 : V.Width;
        var b0 = V.Load(b);
        var b1 = TColumns.Value > 1 ? V.Load(b + panel) : default;
        var b2 = TColumns.Value > 2 ? V.Load(b + (2 * panel)) : default;
        AddRow<TColumns>(a, b0, b1, b2, ref s00, ref s01, ref s02);
        if (TRows.Value > 1)
        {
            AddRow<TColumns>(a + row, b0, b1, b2, ref s10, ref s11, ref s12);
        }

        if (TRows.Value > 2)
        {
            AddRow<TColumns>(a + (2 * row), b0, b1, b2, ref s20, ref s21, ref s22);
            AddRow<TColumns>(a + (3 * row), b0, b1, b2, ref s30, ref s31, ref s32);
        }

        if (TRows.Value > 4)
        {
            AddRow<TColumns>(a + (4 * row), b0, b1, b2, ref s40, ref s41, ref s42);
            AddRow<TColumns>(a + (5 * row), b0, b1, b2, ref s50, ref s51, ref s52);
            AddRow<TColumns>(a + (6 * row), b0, b1, b2, ref s60, ref s61, ref s62);
            AddRow<TColumns>(a + (7 * row), b0, b1, b2, ref s70, ref s71, ref s72);
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

    /// <summary>Asks for what the next tile starts from: sums of weight gradients come from afar, one tile's work is time enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch<TRows, TColumns>(float* start, nint row, nint panel)
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        for (var i = 0; Sse.IsSupported && i < TRows.Value; i++, start += row)
        {
            Sse.Prefetch0(start);
            if (TColumns.Value > 1)
            {
                Sse.Prefetch0(start + panel);
            }

            if (TColumns.Value > 2)
            {
                Sse.Prefetch0(start + (2 * panel));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TColumns>(float* p, nint panel, ref V s0, ref V s1, ref V s2)
        where TColumns : struct, ICount
    {
        s0 = V.Load(p);
        if (TColumns.Value > 1)
        {
            s1 = V.Load(p + panel);
        }

        if (TColumns.Value > 2)
        {
            s2 = V.Load(p + (2 * panel));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TColumns>(float* p, nint panel, V s0, V s1, V s2)
        where TColumns : struct, ICount
    {
        V.Store(p, s0);
        if (TColumns.Value > 1)
        {
            V.Store(p + panel, s1);
        }

        if (TColumns.Value > 2)
        {
            V.Store(p + (2 * panel), s2);
        }
    }
}
