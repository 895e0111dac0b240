using System.Runtime.CompilerServices;

namespace RnnBook;

/// <summary>
/// Long short-term memory, gates in the order i, f, g, o:
/// c_t = f⊙c_{t−1} + i⊙g, h_t = o⊙tanh(c_t), with i, f, o by the logistic function and g by tanh. <see cref="LstmCell"/> is the same, to read.
/// </summary>
public sealed class Lstm : RecurrentLayer
{
    /// <summary>Makes a layer with PyTorch's default start: uniform in ±1/√H.</summary>
    /// <param name="inputSize">Inputs of a step, I.</param>
    /// <param name="hiddenSize">Units, H.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    public Lstm(int inputSize, int hiddenSize, RandomSource? random = null)
        : base(inputSize, hiddenSize, [new GateBlock(0, 0), new GateBlock(1, 1), new GateBlock(2, 2), new GateBlock(3, 3)], random)
    {
    }

    /// <summary>c_0, [B, H], that the next forward passes start from (a model's own initial state comes first); null for zeros.</summary>
    public Tensor? InitialCell { get; set; }

    /// <summary>The cell states c_1 … c_T of the last forward pass, [T, B, H]; the next one overwrites them.</summary>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    public Tensor CellStates
    {
        get
        {
            using var use = Use.Take();
            return RequireForward().CellStates;
        }
    }

    /// <summary>After a backward pass: ∂L/∂c_t with every path through later steps counted, [T, B, H]. Null unless recorded.</summary>
    public Tensor? CellStateGradients => LastBackward?.CellStateGradients;

    /// <summary>After a backward pass: ∂L/∂c_0, [B, H].</summary>
    /// <exception cref="InvalidOperationException">There was no backward pass yet, or none for as many sequences as the last forward pass had.</exception>
    public Tensor InitialCellGradient
    {
        get
        {
            using var use = Use.Take();
            return RequireBackward().InitialCellGradient;
        }
    }

    internal override bool HasCell => true;

    internal override bool KeepsNet => true;

    internal override Tensor? OwnInitialCell => InitialCell;

    /// <inheritdoc/>
    public override string ToString() => $"Lstm: {InputSize} → {HiddenSize}";

    internal override void StepForward(ForwardPass pass, int t, int first, int rows) => pass.Kernels.LstmForward(
        pass.NetOf(t, first, rows), pass.CellBefore(t, first, rows), pass.CellAfter(t, first, rows), pass.StateAfter(t, first, rows), HiddenSize);

    internal override int StepBackward(BackwardPass back, int t, int netRow, int first, int rows)
    {
        // Behind a sequence's end ∂L/∂c_t is zero by itself: only h, whose gradient goes around the cell there, reads a cell state.
        var pass = back.Forward;
        var flushed = pass.Kernels.LstmBackward(
            pass.NetOf(t, first, rows), pass.CellBefore(t, first, rows), pass.CellAfter(t, first, rows), back.StateGradient.Block(first, rows),
            back.CellGradient.Block(first, rows), back.CellTotal.Block(first, rows), back.NetGradient.Block(netRow, rows), FlushBelow, HiddenSize);
        back.Record(back.CellTotal, back.CellStateGradients, t, first, rows);
        if (back.IsCut(t))
        {
            back.CellGradient.ClearRows(first, rows, HiddenSize);
        }

        return flushed;
    }
}

/// <summary>An LSTM's equations in registers.</summary>
internal static unsafe class LstmKernel<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>z becomes i, f, g, o; c = f⊙previous + i⊙g, h = o⊙tanh c. Lanes of h beyond the units keep what they hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(PackedRows z, PackedRows previous, PackedRows c, PackedRows h, int units)
    {
        var (rows, panels) = RequireInside(z, previous, c, h, units);
        for (var panel = 0; panel < panels; panel++)
        {
            float* i = z.Panel(panel), f = z.Panel(panel + panels), g = z.Panel(panel + (2 * panels)), o = z.Panel(panel + (3 * panels));
            float* before = previous.Panel(panel), cell = c.Panel(panel), state = h.Panel(panel);
            var (isFull, beyond) = (units >= (panel + 1) * V.Width, LaneMask<V>.Beyond(units, panel));
            for (var e = 0; e < rows * V.Width; e += V.Width)
            {
                V ii = VectorMath<V>.Sigmoid(V.Load(i + e)), ff = VectorMath<V>.Sigmoid(V.Load(f + e));
                V gg = VectorMath<V>.Tanh(V.Load(g + e)), oo = VectorMath<V>.Sigmoid(V.Load(o + e));
                var cc = (ff * V.Load(before + e)) + (ii * gg);
                V.Store(i + e, ii);
                V.Store(f + e, ff);
                V.Store(g + e, gg);
                V.Store(o + e, oo);
                V.Store(cell + e, cc);
                var hh = oo * VectorMath<V>.Tanh(cc);
                V.Store(state + e, isFull ? hh : V.Select(beyond, V.Load(state + e), hh));
            }
        }
    }

    /// <summary>
    /// From ∂L/∂h_t and ∂L/∂c_t (without the path over h_t, which is added: dcTotal) to dz; dc goes one step back. Gradients below the
    /// threshold are flushed to zero; says how many.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Backward(
        PackedRows gates, PackedRows previous, PackedRows c, PackedRows dh, PackedRows dc, PackedRows dcTotal, PackedRows dz, float threshold, int units)
    {
        var (rows, panels) = RequireInside(gates, previous, c, dh, dc, dcTotal, dz, units);
        var (one, bound, flushed) = (V.All(1), V.All(threshold), V.All(0));
        for (var panel = 0; panel < panels; panel++)
        {
            float* i = gates.Panel(panel), f = gates.Panel(panel + panels), g = gates.Panel(panel + (2 * panels)), o = gates.Panel(panel + (3 * panels));
            float* di = dz.Panel(panel), df = dz.Panel(panel + panels), dg = dz.Panel(panel + (2 * panels)), doo = dz.Panel(panel + (3 * panels));
            float* before = previous.Panel(panel), cell = c.Panel(panel), state = dh.Panel(panel);
            float* carried = dc.Panel(panel), total = dcTotal.Panel(panel);
            for (var e = 0; e < rows * V.Width; e += V.Width)
            {
                V ii = V.Load(i + e), ff = V.Load(f + e), gg = V.Load(g + e), oo = V.Load(o + e);
                V tanh = VectorMath<V>.Tanh(V.Load(cell + e)), hh = V.Load(state + e);
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

    /// <summary>Throws unless all that the forward pass touches lies inside.</summary>
    /// <returns>How many rows and panels that is.</returns>
    public static (int Rows, int Panels) RequireInside(PackedRows z, PackedRows previous, PackedRows c, PackedRows h, int units)
    {
        var (rows, panels) = (z.Rows, PackedMatrix.PanelsOf(units, V.Width));
        z.Require(rows, 4 * panels);
        previous.Require(rows, panels);
        c.Require(rows, panels);
        h.Require(rows, panels);
        return (rows, panels);
    }

    /// <summary>Throws unless all that the backward pass touches lies inside.</summary>
    /// <returns>How many rows and panels that is.</returns>
    public static (int Rows, int Panels) RequireInside(
        PackedRows gates, PackedRows previous, PackedRows c, PackedRows dh, PackedRows dc, PackedRows dcTotal, PackedRows dz, int units)
    {
        var (rows, panels) = (dz.Rows, PackedMatrix.PanelsOf(units, V.Width));
        gates.Require(rows, 4 * panels);
        dz.Require(rows, 4 * panels);
        previous.Require(rows, panels);
        c.Require(rows, panels);
        dh.Require(rows, panels);
        dc.Require(rows, panels);
        dcTotal.Require(rows, panels);
        return (rows, panels);
    }
}
