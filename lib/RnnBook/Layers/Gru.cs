using System.Runtime.CompilerServices;

namespace RnnBook;

/// <summary>
/// Gated recurrent unit, gates in the order r, z, n: n = tanh(W_in x + b_in + r⊙(W_hn h_{t−1} + b_hn)),
/// h_t = (1 − z)⊙n + z⊙h_{t−1}, with r, z by the logistic function. <see cref="GruCell"/> is the same, to read.
/// </summary>
public sealed class Gru : RecurrentLayer
{
    /// <summary>Makes a layer with PyTorch's default start: uniform in ±1/√H.</summary>
    /// <param name="inputSize">Inputs of a step, I.</param>
    /// <param name="hiddenSize">Units, H.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    public Gru(int inputSize, int hiddenSize, RandomSource? random = null)
        : base(inputSize, hiddenSize, [new GateBlock(2, -1), new GateBlock(0, 0), new GateBlock(1, 1), new GateBlock(-1, 2)], random)
    {
    }

    internal override bool KeepsNet => true;

    internal override bool HasDirectPath => true;

    /// <inheritdoc/>
    public override string ToString() => $"Gru: {InputSize} → {HiddenSize}";

    internal override void StepForward(ForwardPass pass, int t, int first, int rows) =>
        pass.Kernels.GruForward(pass.NetOf(t, first, rows), pass.StateBefore(t, first, rows), pass.StateAfter(t, first, rows), HiddenSize);

    internal override int StepBackward(BackwardPass back, int t, int netRow, int first, int rows) => back.Forward.Kernels.GruBackward(
        back.Forward.NetOf(t, first, rows), back.Forward.StateBefore(t, first, rows), back.StateGradient.Block(first, rows),
        back.Direct.Block(first, rows), back.NetGradient.Block(netRow, rows), FlushBelow, HiddenSize);
}

/// <summary>A GRU's equations in registers.</summary>
internal static unsafe class GruKernel<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>
    /// z holds W_hn h + b_hn, then r, z, then W_in x + b_in and becomes that, r, z, n; h = n + z⊙(previous − n). Lanes of h beyond the units
    /// keep what they hold.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(PackedRows z, PackedRows previous, PackedRows h, int units)
    {
        var (rows, panels) = RequireInside(z, previous, h, units);
        for (var panel = 0; panel < panels; panel++)
        {
            float* inner = z.Panel(panel), r = z.Panel(panel + panels), update = z.Panel(panel + (2 * panels)), n = z.Panel(panel + (3 * panels));
            float* before = previous.Panel(panel), state = h.Panel(panel);
            var (isFull, beyond) = (units >= (panel + 1) * V.Width, LaneMask<V>.Beyond(units, panel));
            for (var e = 0; e < rows * V.Width; e += V.Width)
            {
                V rr = VectorMath<V>.Sigmoid(V.Load(r + e)), zz = VectorMath<V>.Sigmoid(V.Load(update + e));
                var nn = VectorMath<V>.Tanh(V.Load(n + e) + (rr * V.Load(inner + e)));
                V.Store(r + e, rr);
                V.Store(update + e, zz);
                V.Store(n + e, nn);
                var hh = nn + (zz * (V.Load(before + e) - nn));
                V.Store(state + e, isFull ? hh : V.Select(beyond, V.Load(state + e), hh));
            }
        }
    }

    /// <summary>
    /// From ∂L/∂h_t to the gradients of the four groups; direct receives what reaches h_{t−1} through z. Gradients below the threshold are
    /// flushed to zero; says how many.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Backward(PackedRows gates, PackedRows previous, PackedRows dh, PackedRows direct, PackedRows dz, float threshold, int units)
    {
        var (rows, panels) = RequireInside(gates, previous, dh, direct, dz, units);
        var (one, bound, flushed) = (V.All(1), V.All(threshold), V.All(0));
        for (var panel = 0; panel < panels; panel++)
        {
            float* inner = gates.Panel(panel), r = gates.Panel(panel + panels), update = gates.Panel(panel + (2 * panels)), n = gates.Panel(panel + (3 * panels));
            float* dInner = dz.Panel(panel), dr = dz.Panel(panel + panels), dUpdate = dz.Panel(panel + (2 * panels)), dn = dz.Panel(panel + (3 * panels));
            float* before = previous.Panel(panel), state = dh.Panel(panel), carried = direct.Panel(panel);
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

    /// <summary>Throws unless all that the forward pass touches lies inside.</summary>
    /// <returns>How many rows and panels that is.</returns>
    public static (int Rows, int Panels) RequireInside(PackedRows z, PackedRows previous, PackedRows h, int units)
    {
        var (rows, panels) = (z.Rows, PackedMatrix.PanelsOf(units, V.Width));
        z.Require(rows, 4 * panels);
        previous.Require(rows, panels);
        h.Require(rows, panels);
        return (rows, panels);
    }

    /// <summary>Throws unless all that the backward pass touches lies inside.</summary>
    /// <returns>How many rows and panels that is.</returns>
    public static (int Rows, int Panels) RequireInside(
        PackedRows gates, PackedRows previous, PackedRows dh, PackedRows direct, PackedRows dz, int units)
    {
        var (rows, panels) = (dz.Rows, PackedMatrix.PanelsOf(units, V.Width));
        gates.Require(rows, 4 * panels);
        dz.Require(rows, 4 * panels);
        previous.Require(rows, panels);
        dh.Require(rows, panels);
        direct.Require(rows, panels);
        return (rows, panels);
    }
}
