using System.Runtime.CompilerServices;

namespace RnnBook;

/// <summary>
/// The element-wise half of each cell's step, forward and back, in registers of one width. Compiled with all optimizations at once:
/// the JIT's quick first version of such code, all calls, would be a hundred times slower.
/// </summary>
internal sealed unsafe partial class Kernels<V> : Kernels
    where V : unmanaged, ILanes<V>
{
    public override int Width => V.Width;

    public override void Multiply(in Product product) => ProductKernel<V>.Multiply(product);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void LstmForward(Rows z, Rows previous, Rows c, Rows h, int rows, int units)
    {
        var strips = Strips.For(units, V.Width);
        for (var strip = 0; strip < strips; strip++)
        {
            float* i = z.Strip(strip), f = z.Strip(strip + strips), g = z.Strip(strip + (2 * strips)), o = z.Strip(strip + (3 * strips));
            float* before = previous.Strip(strip), cell = c.Strip(strip), state = h.Strip(strip);
            var (isFull, beyond) = (units >= (strip + 1) * V.Width, LanesBeyond(units, strip));
            for (var e = 0; e < rows * V.Width; e += V.Width)
            {
                V ii = LaneFunctions<V>.Sigmoid(V.Load(i + e)), ff = LaneFunctions<V>.Sigmoid(V.Load(f + e));
                V gg = LaneFunctions<V>.Tanh(V.Load(g + e)), oo = LaneFunctions<V>.Sigmoid(V.Load(o + e));
                var cc = (ff * V.Load(before + e)) + (ii * gg);
                V.Store(i + e, ii);
                V.Store(f + e, ff);
                V.Store(g + e, gg);
                V.Store(o + e, oo);
                V.Store(cell + e, cc);
                var hh = oo * LaneFunctions<V>.Tanh(cc);
                V.Store(state + e, isFull ? hh : V.Select(beyond, V.Load(state + e), hh));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int LstmBackward(
        Rows gates, Rows previous, Rows c, Rows dh, Rows dc, Rows dcTotal, Rows dz, float threshold, int rows, int units)
    {
        var strips = Strips.For(units, V.Width);
        var (one, bound, flushed) = (V.All(1), V.All(threshold), V.All(0));
        for (var strip = 0; strip < strips; strip++)
        {
            float* i = gates.Strip(strip), f = gates.Strip(strip + strips), g = gates.Strip(strip + (2 * strips)), o = gates.Strip(strip + (3 * strips));
            float* di = dz.Strip(strip), df = dz.Strip(strip + strips), dg = dz.Strip(strip + (2 * strips)), doo = dz.Strip(strip + (3 * strips));
            float* before = previous.Strip(strip), cell = c.Strip(strip), state = dh.Strip(strip);
            float* carried = dc.Strip(strip), total = dcTotal.Strip(strip);
            for (var e = 0; e < rows * V.Width; e += V.Width)
            {
                V ii = V.Load(i + e), ff = V.Load(f + e), gg = V.Load(g + e), oo = V.Load(o + e);
                V tanh = LaneFunctions<V>.Tanh(V.Load(cell + e)), hh = V.Load(state + e);
                var cc = V.Load(carried + e) + (hh * oo * (one - (tanh * tanh)));
                V.Store(total + e, cc);
                V.Store(carried + e, V.Flush(cc * ff, bound, ref flushed));
                V.Store(di + e, V.Flush(cc * gg * ii * (one - ii), bound, ref flushed));
                V.Store(df + e, V.Flush(cc * V.Load(before + e) * ff * (one - ff), bound, ref flushed));
                V.Store(dg + e, V.Flush(cc * ii * (one - (gg * gg)), bound, ref flushed));
                V.Store(doo + e, V.Flush(hh * tanh * oo * (one - oo), bound, ref flushed));
            }
        }

        return V.Count(flushed);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void GruForward(Rows z, Rows previous, Rows h, int rows, int units)
    {
        var strips = Strips.For(units, V.Width);
        for (var strip = 0; strip < strips; strip++)
        {
            float* inner = z.Strip(strip), r = z.Strip(strip + strips), update = z.Strip(strip + (2 * strips)), n = z.Strip(strip + (3 * strips));
            float* before = previous.Strip(strip), state = h.Strip(strip);
            var (isFull, beyond) = (units >= (strip + 1) * V.Width, LanesBeyond(units, strip));
            for (var e = 0; e < rows * V.Width; e += V.Width)
            {
                V rr = LaneFunctions<V>.Sigmoid(V.Load(r + e)), zz = LaneFunctions<V>.Sigmoid(V.Load(update + e));
                var nn = LaneFunctions<V>.Tanh(V.Load(n + e) + (rr * V.Load(inner + e)));
                V.Store(r + e, rr);
                V.Store(update + e, zz);
                V.Store(n + e, nn);
                var hh = nn + (zz * (V.Load(before + e) - nn));
                V.Store(state + e, isFull ? hh : V.Select(beyond, V.Load(state + e), hh));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int GruBackward(Rows gates, Rows previous, Rows dh, Rows direct, Rows dz, float threshold, int rows, int units)
    {
        var strips = Strips.For(units, V.Width);
        var (one, bound, flushed) = (V.All(1), V.All(threshold), V.All(0));
        for (var strip = 0; strip < strips; strip++)
        {
            float* inner = gates.Strip(strip), r = gates.Strip(strip + strips), update = gates.Strip(strip + (2 * strips)), n = gates.Strip(strip + (3 * strips));
            float* dInner = dz.Strip(strip), dr = dz.Strip(strip + strips), dUpdate = dz.Strip(strip + (2 * strips)), dn = dz.Strip(strip + (3 * strips));
            float* before = previous.Strip(strip), state = dh.Strip(strip), carried = direct.Strip(strip);
            for (var e = 0; e < rows * V.Width; e += V.Width)
            {
                V rr = V.Load(r + e), zz = V.Load(update + e), nn = V.Load(n + e), hh = V.Load(state + e);
                var candidate = hh * (one - zz) * (one - (nn * nn));
                V.Store(carried + e, V.Flush(hh * zz, bound, ref flushed));
                V.Store(dn + e, V.Flush(candidate, bound, ref flushed));
                V.Store(dInner + e, V.Flush(candidate * rr, bound, ref flushed));
                V.Store(dr + e, V.Flush(candidate * V.Load(inner + e) * rr * (one - rr), bound, ref flushed));
                V.Store(dUpdate + e, V.Flush(hh * (V.Load(before + e) - nn) * zz * (one - zz), bound, ref flushed));
            }
        }

        return V.Count(flushed);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Copy(Rows target, Rows source, int rows, int strips)
    {
        for (var strip = 0; strip < strips; strip++)
        {
            new ReadOnlySpan<float>(source.Strip(strip), rows * V.Width).CopyTo(new Span<float>(target.Strip(strip), rows * V.Width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(Rows target, Rows source, int rows, int strips)
    {
        for (var strip = 0; strip < strips; strip++)
        {
            float* to = target.Strip(strip), from = source.Strip(strip);
            for (var e = 0; e < rows * V.Width; e += V.Width)
            {
                V.Store(to + e, V.Load(to + e) + V.Load(from + e));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddRowSums(Rows target, Rows source, int rows, int steps, nint skip, int strips)
    {
        for (var strip = 0; strip < strips; strip++)
        {
            var from = source.Strip(strip);
            var sum = V.Load(target.Strip(strip));
            for (var step = 0; step < steps; step++, from += skip)
            {
                for (var row = 0; row < rows; row++, from += V.Width)
                {
                    sum += V.Load(from);
                }
            }

            V.Store(target.Strip(strip), sum);
        }
    }

    /// <summary>Mask of the lanes of a strip that lie beyond the units: in the state's rows the input stands there.</summary>
    private static V LanesBeyond(int units, int strip)
    {
        fixed (float* index = LaneIndex)
        {
            return V.Greater(V.Load(index), V.All(units - (strip * V.Width) - 0.5f));
        }
    }

    private static ReadOnlySpan<float> LaneIndex => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
}
