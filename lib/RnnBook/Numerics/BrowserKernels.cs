using System.Runtime.Intrinsics;

namespace RnnBook;

/// <summary>
/// The kernels for WebAssembly, where code is interpreted: the product, which takes most of the time, is written out in loops over pointers that the
/// interpreter turns into vector instructions; it does not see through <see cref="ILanes{V}"/>.
/// </summary>
internal sealed unsafe class BrowserKernels : Kernels<Lanes4>
{
    private const int W = 4;

    public override void Multiply(in GemmArguments p)
    {
        p.RequireInside(W);
        var (row, step) = p.Transposed ? (1, W) : (W, 1);
        for (var panel = 0; panel < p.Panels;)
        {
            var columns = p.Panels - panel >= 2 ? 2 : 1;
            for (var r = 0; r < p.Rows;)
            {
                var rows = p.Rows - r >= 4 && columns == 2 ? 4 : 1;
                float* a = (float*)p.A.Address + (r * row), b = p.B.Panel(panel);
                float* start = p.Start.Panel(panel) + (r * p.Start.RowStride), c = p.C.Panel(panel) + (r * W);
                if (rows == 4)
                {
                    MultiplyTile(p, a, row, step, b, start, c);
                }
                else
                {
                    for (var column = 0; column < columns; column++)
                    {
                        MultiplyRow(p, a, step, b + (column * p.B.Stride), start + (column * p.Start.Stride), c + (column * p.C.Stride));
                    }
                }

                r += rows;
            }

            panel += columns;
        }
    }

    /// <summary>How many steps of the sum lie one behind the other, and what A and B skip after them.</summary>
    private static (int Run, nint SkipA, nint SkipB) Runs(in GemmArguments p) =>
        p.Transposed ? (p.Run, (nint)p.Gap * W, (nint)p.Gap * W) : (W, p.A.Stride - W, 0);

    /// <summary>Four rows of two panels: what is loaded is used often enough, and the sums are few enough.</summary>
    private static void MultiplyTile(in GemmArguments p, float* a, int row, int step, float* b, float* start, float* c)
    {
        nint right = p.B.Stride, startRow = p.Start.RowStride, startRight = p.Start.Stride, below = 2 * row, last = 3 * row;
        var s00 = Vector128.Load(start);
        var s01 = Vector128.Load(start + startRight);
        var s10 = Vector128.Load(start + startRow);
        var s11 = Vector128.Load(start + startRow + startRight);
        var s20 = Vector128.Load(start + (2 * startRow));
        var s21 = Vector128.Load(start + (2 * startRow) + startRight);
        var s30 = Vector128.Load(start + (3 * startRow));
        var s31 = Vector128.Load(start + (3 * startRow) + startRight);
        var (run, skipA, skipB) = Runs(p);
        for (var segment = 0; segment < p.Segments; segment++)
        {
            var next = a + (p.SegmentPanels * p.A.Stride);
            for (var left = p.Inner; left > 0; left -= run)
            {
                for (var end = b + ((nint)Math.Min(left, run) * W); b < end; a += step, b += W)
                {
                    var b0 = Vector128.Load(b);
                    var b1 = Vector128.Load(b + right);
                    var x = Vector128.Create(*a);
                    s00 += x * b0;
                    s01 += x * b1;
                    x = Vector128.Create(a[row]);
                    s10 += x * b0;
                    s11 += x * b1;
                    x = Vector128.Create(a[below]);
                    s20 += x * b0;
                    s21 += x * b1;
                    x = Vector128.Create(a[last]);
                    s30 += x * b0;
                    s31 += x * b1;
                }

                a += skipA;
                b += skipB;
            }

            a = next;
        }

        nint across = p.C.Stride;
        s00.Store(c);
        s01.Store(c + across);
        s10.Store(c + W);
        s11.Store(c + W + across);
        s20.Store(c + (2 * W));
        s21.Store(c + (2 * W) + across);
        s30.Store(c + (3 * W));
        s31.Store(c + (3 * W) + across);
    }

    /// <summary>One row of one panel, where no tile fits.</summary>
    private static void MultiplyRow(in GemmArguments p, float* a, int step, float* b, float* start, float* c)
    {
        var sum = Vector128.Load(start);
        var (run, skipA, skipB) = Runs(p);
        for (var segment = 0; segment < p.Segments; segment++)
        {
            var next = a + (p.SegmentPanels * p.A.Stride);
            for (var left = p.Inner; left > 0; left -= run)
            {
                for (var end = b + ((nint)Math.Min(left, run) * W); b < end; a += step, b += W)
                {
                    sum += Vector128.Create(*a) * Vector128.Load(b);
                }

                a += skipA;
                b += skipB;
            }

            a = next;
        }

        sum.Store(c);
    }
}
