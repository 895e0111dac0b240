using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Intrinsics;
using System.Runtime.Versioning;

namespace RnnBook;

/// <summary>
/// The kernels within a page, where .NET's code is interpreted: products, tanh, the logistic function and Adam's step are compiled code
/// of the page, kernels.wat, on the runtime's memory; the rest is loops over pointers that the interpreter turns into vector instructions, as it does not
/// see through <see cref="ILanes{V}"/>. Equations and their order are those of <see cref="RnnKernel{V}"/>, <see cref="LstmKernel{V}"/> and
/// <see cref="GruKernel{V}"/>.
/// </summary>
[SupportedOSPlatform("browser")]
internal sealed unsafe partial class BrowserKernels : Kernels<Lanes4>
{
    private const int W = 4;

    private float[] scratch = [];

    /// <summary>Whether the page has the compiled code.</summary>
    public static bool AreHere => JSHost.GlobalThis.HasProperty("rnnbook");

    public override void Multiply(in GemmArguments p)
    {
        p.RequireInside(W);
        if (p.Inner == 0)
        {
            base.Multiply(p);
            return;
        }

        var (row, step) = p.Transposed ? (1, W) : (W, 1);
        var (run, skipA, skipB) = p.Transposed ? (p.Run, (nint)p.Gap * W, (nint)p.Gap * W) : (W, p.A.Stride - W, 0);
        var words = stackalloc int[]
        {
            (int)p.A.Address, (int)p.B.Address, (int)p.Start.Address, (int)p.C.Address, p.Rows, p.Panels,
            Bytes(row), Bytes(step), Bytes(p.B.Stride), Bytes(p.Start.RowStride), Bytes(p.Start.Stride), Bytes(p.C.Stride),
            p.Inner, run, Bytes(skipA), Bytes(skipB), p.Segments, Bytes(p.SegmentPanels * p.A.Stride), Bytes(p.Transposed ? p.A.Stride : 4 * row),
        };
        Multiply((nint)words);
    }

    public override void RnnForward(ActivationKind kind, float slope, PackedRows z, PackedRows h, int units)
    {
        var (rows, full) = (RnnKernel<Lanes4>.RequireInside(z, h, units).Rows, units / W);
        switch (kind)
        {
            case ActivationKind.Tanh or ActivationKind.Sigmoid:
                Activate(kind, z, h, rows, full);
                break;
            case ActivationKind.Relu:
                for (var panel = 0; panel < full; panel++)
                {
                    Relu(z.Panel(panel), h.Panel(panel), rows * W);
                }

                break;
            default:
                full = 0;
                break;
        }

        if (full * W < units)
        {
            base.RnnForward(kind, slope, z.Behind(full * z.Stride), h.Behind(full * h.Stride), units - (full * W));
        }
    }

    public override int RnnBackward(ActivationKind kind, float slope, PackedRows h, PackedRows dh, PackedRows dz, float threshold, int units)
    {
        if (kind is not (ActivationKind.Relu or ActivationKind.Tanh or ActivationKind.Sigmoid or ActivationKind.Other))
        {
            return base.RnnBackward(kind, slope, h, dh, dz, threshold, units);
        }

        var (rows, panels) = RnnKernel<Lanes4>.RequireInside(h, dh, dz, units);
        for (var panel = 0; panel < panels; panel++)
        {
            float* state = h.Panel(panel), gradient = dh.Panel(panel), net = dz.Panel(panel);
            var end = rows * W;
            switch (kind)
            {
                case ActivationKind.Relu:
                    for (var e = 0; e < end; e += W)
                    {
                        (Vector128.GreaterThan(Vector128.Load(state + e), Vector128<float>.Zero) & Vector128.Load(gradient + e)).Store(net + e);
                    }

                    break;
                case ActivationKind.Tanh:
                    for (var e = 0; e < end; e += W)
                    {
                        var v = Vector128.Load(state + e);
                        (Vector128.Load(gradient + e) * (Vector128<float>.One - (v * v))).Store(net + e);
                    }

                    break;
                case ActivationKind.Sigmoid:
                    for (var e = 0; e < end; e += W)
                    {
                        var v = Vector128.Load(state + e);
                        (Vector128.Load(gradient + e) * v * (Vector128<float>.One - v)).Store(net + e);
                    }

                    break;
                default:
                    for (var e = 0; e < end; e += W)
                    {
                        (Vector128.Load(gradient + e) * Vector128.Load(state + e)).Store(net + e);
                    }

                    break;
            }
        }

        return Flush(dz, rows, panels, threshold);
    }

    public override void LstmForward(PackedRows z, PackedRows previous, PackedRows c, PackedRows h, int units)
    {
        var (rows, panels) = LstmKernel<Lanes4>.RequireInside(z, previous, c, h, units);
        Activate(ActivationKind.Sigmoid, z, z, rows, 2 * panels);
        PackedRows candidates = z.Behind(2 * panels * z.Stride), outputs = z.Behind(3 * panels * z.Stride);
        Activate(ActivationKind.Tanh, candidates, candidates, rows, panels);
        Activate(ActivationKind.Sigmoid, outputs, outputs, rows, panels);
        for (var panel = 0; panel < panels; panel++)
        {
            float* i = z.Panel(panel), f = z.Panel(panel + panels), g = candidates.Panel(panel);
            float* before = previous.Panel(panel), cell = c.Panel(panel);
            for (var e = 0; e < rows * W; e += W)
            {
                ((Vector128.Load(f + e) * Vector128.Load(before + e)) + (Vector128.Load(i + e) * Vector128.Load(g + e))).Store(cell + e);
            }
        }

        var tanh = TanhOf(c, rows, panels);
        for (var panel = 0; panel < panels; panel++)
        {
            float* o = outputs.Panel(panel), t = tanh.Panel(panel), state = h.Panel(panel);
            if (units >= (panel + 1) * W)
            {
                for (var e = 0; e < rows * W; e += W)
                {
                    (Vector128.Load(o + e) * Vector128.Load(t + e)).Store(state + e);
                }

                continue;
            }

            for (var e = 0; e < rows * W; e++)
            {
                state[e] = (panel * W) + (e % W) < units ? o[e] * t[e] : state[e];
            }
        }
    }

    public override int LstmBackward(
        PackedRows gates, PackedRows previous, PackedRows c, PackedRows dh, PackedRows dc, PackedRows dcTotal, PackedRows dz, float threshold, int units)
    {
        var (rows, panels) = LstmKernel<Lanes4>.RequireInside(gates, previous, c, dh, dc, dcTotal, dz, units);
        var one = Vector128<float>.One;
        var tanh = TanhOf(c, rows, panels);
        for (var panel = 0; panel < panels; panel++)
        {
            float* i = gates.Panel(panel), f = gates.Panel(panel + panels), g = gates.Panel(panel + (2 * panels)), o = gates.Panel(panel + (3 * panels));
            float* di = dz.Panel(panel), df = dz.Panel(panel + panels), dg = dz.Panel(panel + (2 * panels)), doo = dz.Panel(panel + (3 * panels));
            float* before = previous.Panel(panel), t = tanh.Panel(panel), state = dh.Panel(panel);
            float* carried = dc.Panel(panel), total = dcTotal.Panel(panel);
            for (var e = 0; e < rows * W; e += W)
            {
                Vector128<float> oo = Vector128.Load(o + e), hh = Vector128.Load(state + e), tt = Vector128.Load(t + e);
                (hh * tt * oo * (one - oo)).Store(doo + e);
                (Vector128.Load(carried + e) + (hh * oo * (one - (tt * tt)))).Store(total + e);
            }

            for (var e = 0; e < rows * W; e += W)
            {
                Vector128<float> cc = Vector128.Load(total + e), ii = Vector128.Load(i + e), gg = Vector128.Load(g + e);
                (cc * gg * ii * (one - ii)).Store(di + e);
                (cc * ii * (one - (gg * gg))).Store(dg + e);
            }

            for (var e = 0; e < rows * W; e += W)
            {
                Vector128<float> cc = Vector128.Load(total + e), ff = Vector128.Load(f + e);
                (cc * ff).Store(carried + e);
                (cc * Vector128.Load(before + e) * ff * (one - ff)).Store(df + e);
            }
        }

        return Flush(dz, rows, 4 * panels, threshold) + Flush(dc, rows, panels, threshold);
    }

    public override void GruForward(PackedRows z, PackedRows previous, PackedRows h, int units)
    {
        var (rows, panels) = GruKernel<Lanes4>.RequireInside(z, previous, h, units);
        PackedRows gates = z.Behind(panels * z.Stride), candidates = z.Behind(3 * panels * z.Stride);
        Activate(ActivationKind.Sigmoid, gates, gates, rows, 2 * panels);
        for (var panel = 0; panel < panels; panel++)
        {
            float* inner = z.Panel(panel), r = gates.Panel(panel), n = candidates.Panel(panel);
            for (var e = 0; e < rows * W; e += W)
            {
                (Vector128.Load(n + e) + (Vector128.Load(r + e) * Vector128.Load(inner + e))).Store(n + e);
            }
        }

        Activate(ActivationKind.Tanh, candidates, candidates, rows, panels);
        for (var panel = 0; panel < panels; panel++)
        {
            float* update = gates.Panel(panel + panels), n = candidates.Panel(panel), before = previous.Panel(panel), state = h.Panel(panel);
            if (units >= (panel + 1) * W)
            {
                for (var e = 0; e < rows * W; e += W)
                {
                    var nn = Vector128.Load(n + e);
                    (nn + (Vector128.Load(update + e) * (Vector128.Load(before + e) - nn))).Store(state + e);
                }

                continue;
            }

            for (var e = 0; e < rows * W; e++)
            {
                state[e] = (panel * W) + (e % W) < units ? n[e] + (update[e] * (before[e] - n[e])) : state[e];
            }
        }
    }

    public override int GruBackward(PackedRows gates, PackedRows previous, PackedRows dh, PackedRows direct, PackedRows dz, float threshold, int units)
    {
        var (rows, panels) = GruKernel<Lanes4>.RequireInside(gates, previous, dh, direct, dz, units);
        var one = Vector128<float>.One;
        for (var panel = 0; panel < panels; panel++)
        {
            float* inner = gates.Panel(panel), r = gates.Panel(panel + panels), update = gates.Panel(panel + (2 * panels)), n = gates.Panel(panel + (3 * panels));
            float* dInner = dz.Panel(panel), dr = dz.Panel(panel + panels), dUpdate = dz.Panel(panel + (2 * panels)), dn = dz.Panel(panel + (3 * panels));
            float* before = previous.Panel(panel), state = dh.Panel(panel), carried = direct.Panel(panel);
            for (var e = 0; e < rows * W; e += W)
            {
                Vector128<float> zz = Vector128.Load(update + e), nn = Vector128.Load(n + e), hh = Vector128.Load(state + e);
                (hh * (one - zz) * (one - (nn * nn))).Store(dn + e);
                (hh * zz).Store(carried + e);
                (hh * (Vector128.Load(before + e) - nn) * zz * (one - zz)).Store(dUpdate + e);
            }

            for (var e = 0; e < rows * W; e += W)
            {
                Vector128<float> candidate = Vector128.Load(dn + e), rr = Vector128.Load(r + e);
                (candidate * rr).Store(dInner + e);
                (candidate * Vector128.Load(inner + e) * rr * (one - rr)).Store(dr + e);
            }
        }

        return Flush(dz, rows, 4 * panels, threshold) + Flush(direct, rows, panels, threshold);
    }

    public override void AddRowSums(PackedRows target, PackedRows source, int rows, int steps, int gap)
    {
        source.Require(((steps - 1) * (rows + gap)) + rows, target.Panels);
        for (var panel = 0; panel < target.Panels; panel++)
        {
            var from = source.Panel(panel);
            var sum = Vector128.Load(target.Panel(panel));
            for (var step = 0; step < steps; step++, from += (nint)gap * W)
            {
                for (var end = from + (rows * W); from < end; from += W)
                {
                    sum += Vector128.Load(from);
                }
            }

            sum.Store(target.Panel(panel));
        }
    }

    public override int AdamStep(Span<float> w, ReadOnlySpan<float> g, Span<float> m, Span<float> v, ReadOnlySpan<float> constants)
    {
        var count = w.Length / W * W;
        if (count == 0)
        {
            return 0;
        }

        const int Pointers = 5, Constants = 7;
        var words = stackalloc int[Pointers + Constants];
        fixed (float* weights = w, gradients = g[..count], means = m[..count], squares = v[..count])
        {
            (words[0], words[1], words[2], words[3], words[4]) = ((int)weights, (int)gradients, (int)means, (int)squares, Bytes(count));
            constants.CopyTo(new Span<float>(words + Pointers, Constants));
            AdamStep((nint)words);
        }

        return count;
    }

    private static void Relu(float* z, float* h, int count)
    {
        for (var e = 0; e < count; e += W)
        {
            Vector128.MaxNative(Vector128<float>.Zero, Vector128.Load(z + e)).Store(h + e);
        }
    }

    private static void Activate(ActivationKind kind, PackedRows from, PackedRows to, int rows, int panels)
    {
        var words = stackalloc int[]
        {
            (int)from.Address, (int)to.Address, Bytes(from.Stride), Bytes(to.Stride), Bytes(rows * W), panels, kind == ActivationKind.Sigmoid ? 1 : 0,
        };
        Activate((nint)words);
    }

    private static int Flush(PackedRows values, int rows, int panels, float threshold)
    {
        var words = stackalloc int[]
        {
            (int)values.Address, Bytes(values.Stride), Bytes(rows * W), panels, BitConverter.SingleToInt32Bits(threshold), 0,
        };
        Flush((nint)words);
        return words[5];
    }

    /// <summary>tanh of some panels, one behind the other in memory that the next call overwrites.</summary>
    private PackedRows TanhOf(PackedRows values, int rows, int panels)
    {
        if (scratch.Length < rows * panels * W)
        {
            scratch = GC.AllocateUninitializedArray<float>(rows * panels * W, pinned: true);
        }

        fixed (float* start = scratch)
        {
            var tanh = new PackedRows((nint)start, rows * W, W, rows, panels);
            Activate(ActivationKind.Tanh, values, tanh, rows, panels);
            return tanh;
        }
    }

    private static int Bytes(nint floats) => (int)(floats * sizeof(float));

    [JSImport("globalThis.rnnbook.multiply")]
    private static partial void Multiply(nint words);

    [JSImport("globalThis.rnnbook.activate")]
    private static partial void Activate(nint words);

    [JSImport("globalThis.rnnbook.flush")]
    private static partial void Flush(nint words);

    [JSImport("globalThis.rnnbook.adam")]
    private static partial void AdamStep(nint words);
}
