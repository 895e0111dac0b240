using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>
/// A batch on its way through a layer, and all that the way back will need of it. Its memory is its own, not the layer's: a layer called by
/// itself has one pass, and each model that it stands in another, so that none spoils what another goes back through.
/// </summary>
/// <remarks>
/// A row of <see cref="State"/> is what one step reads, [h_{t−1}, x_t], so that the recurrent and the input weights are one product; a step
/// writes h_t into the rows of the next one.
/// </remarks>
internal sealed class ForwardPass(RecurrentLayer layer)
{
    private readonly PackedMatrix bias = new();
    private readonly PackedMatrix[] weights = [.. layer.GateGroups.Select(_ => new PackedMatrix())];
    private Tensor? initialState;
    private Tensor? initialCell;
    private Tensor? states;
    private Tensor? cellStates;
    private bool statesAreCurrent;

    public RecurrentLayer Layer => layer;

    /// <summary>The way back.</summary>
    public BackwardPass Backward => field ??= new BackwardPass(this);

    public Kernels Kernels { get; private set; } = Kernels.Best;

    /// <summary>Time steps T.</summary>
    public int Length { get; private set; }

    /// <summary>Sequences B.</summary>
    public int Batch { get; private set; }

    public Masking Masking { get; } = new();

    /// <summary>[h_{t−1}, x_t] for t = 1 … T and h_T, [(T + 1)·B, H + I].</summary>
    public PackedMatrix State { get; } = new();

    /// <summary>c_0 … c_T, [(T + 1)·B, H], of a layer that has a cell state.</summary>
    public PackedMatrix Cell { get; } = new();

    /// <summary>Pre-activations, or what the cell made of them: of every step, or of the one at hand if the way back needs none.</summary>
    public PackedMatrix Net { get; } = new();

    /// <summary>f or f′ of a step, [B, H], where it cannot be computed in registers.</summary>
    public PackedMatrix Function { get; } = new();

    /// <summary>Panels of a gate's units.</summary>
    public int UnitPanels { get; private set; }

    /// <summary>Whether all steps were made; until then, and after an exception, there is nothing to read.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether the steps can be gone back through: single steps keep only the last state.</summary>
    public bool CanGoBack { get; private set; }

    /// <summary>Whether no NaN or ∞ was among the inputs (padding counts too): seen while they are copied.</summary>
    public bool IsInputFinite { get; private set; }

    /// <summary>h_1 … h_T, [T, B, H]; the next pass overwrites them.</summary>
    public Tensor States
    {
        get
        {
            if (!statesAreCurrent)
            {
                states = Tensor.Reuse(states, Length, Batch, layer.HiddenSize);
                State.Read(states.Span, layer.HiddenSize, Batch);
                statesAreCurrent = true;
            }

            return states!;
        }
    }

    /// <summary>c_1 … c_T, [T, B, H]; the next call overwrites them.</summary>
    public Tensor CellStates
    {
        get
        {
            cellStates = Tensor.Reuse(cellStates, Length, Batch, layer.HiddenSize);
            Cell.Read(cellStates.Span, layer.HiddenSize, Batch);
            return cellStates;
        }
    }

    /// <summary>Makes room.</summary>
    /// <param name="length">T.</param>
    /// <param name="batch">B.</param>
    /// <param name="lengths">Each sequence's own length; null if all have T steps.</param>
    /// <param name="hidden">h_0, [B, H]; null for zeros.</param>
    /// <param name="cell">c_0, [B, H]; null for zeros.</param>
    /// <exception cref="ArgumentException">An initial state has another shape, or all that is kept is more than an array holds.</exception>
    public void Begin(int length, int batch, int[]? lengths = null, Tensor? hidden = null, Tensor? cell = null)
    {
        var (units, width) = (layer.HiddenSize, layer.Kernels.Width);
        hidden?.RequireShape("The initial state", batch, units);
        cell?.RequireShape("The initial cell state", batch, units);
        (IsComplete, CanGoBack, IsInputFinite, statesAreCurrent) = (false, false, true, false);
        (Kernels, Length, Batch, initialState, initialCell) = (layer.Kernels, length, batch, hidden, cell);
        UnitPanels = PackedMatrix.PanelsOf(units, width);
        Masking.Begin(lengths, length, batch);
        State.Resize(width, (length + 1L) * batch, units + layer.InputSize);
        Net.Resize(width, layer.KeepsNet ? (long)length * batch : batch, (long)layer.GateBlocks.Length * UnitPanels * width);
        if (layer.HasCell)
        {
            Cell.Resize(width, (length + 1L) * batch, units);
        }

        Function.Resize(width, batch, units);
        for (var i = 0; i < weights.Length; i++)
        {
            var group = layer.GateGroups[i];
            weights[i].Resize(width, InputEnd(group) - (FirstPanel(group) * width), group.Count * UnitPanels * width);
        }

        bias.Resize(width, 1, layer.GateBlocks.Length * UnitPanels * width);
        for (var i = 0; i < layer.GateBlocks.Length; i++)
        {
            var (h, x) = (layer.GateBlocks[i].Hidden * units, layer.GateBlocks[i].Input * units);
            for (var unit = 0; unit < units; unit++)
            {
                bias[0, (i * UnitPanels * width) + unit] = (h < 0 ? 0 : layer.BiasHh.Value[h + unit]) + (x < 0 ? 0 : layer.BiasIh.Value[x + unit]);
            }
        }
    }

    /// <summary>Packs a share of the weights as they are now.</summary>
    public void Pack(Share share)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            for (var panel = share.First(weights[i].Panels); panel < share.End(weights[i].Panels); panel++)
            {
                Pack(layer.GateGroups[i], weights[i], panel);
            }
        }
    }

    /// <summary>Runs some sequences through all steps.</summary>
    /// <param name="x">Inputs, [T, B, I], unless they are the states of the layer below.</param>
    /// <param name="below">The layer below.</param>
    /// <param name="first">First sequence.</param>
    /// <param name="end">Where the sequences end.</param>
    public void Run(Tensor? x, ForwardPass? below, int first, int end)
    {
        SetState(first, end);
        Advance(x, below, first, end);
    }

    /// <summary>What the first step starts from.</summary>
    public void SetState(int first, int end)
    {
        Set(State, initialState, first, end);
        if (layer.HasCell)
        {
            Set(Cell, initialCell, first, end);
        }
    }

    /// <summary>Runs some sequences through all steps from the state that is set.</summary>
    public void Advance(Tensor? x, ForwardPass? below, int first, int end)
    {
        var rows = end - first;
        for (var t = 0; t < Length; t++)
        {
            ReadInput(x, below, t, first, rows);
            for (var i = 0; i < weights.Length; i++)
            {
                var (group, panels) = (layer.GateGroups[i], weights[i].Panels);
                Kernels.Multiply(new GemmArguments
                {
                    A = State.Block((t * Batch) + first, rows, FirstPanel(group), State.Panels - FirstPanel(group)),
                    B = weights[i].Block(0, weights[i].Rows),
                    Start = bias.Repeat(0, group.First * UnitPanels, panels),
                    C = Net.Block(NetRow(t) + first, rows, group.First * UnitPanels, panels),
                    Rows = rows,
                    Panels = panels,
                    Inner = weights[i].Rows,
                });
            }

            layer.StepForward(this, t, first, rows);
            if (Masking.IsOn)
            {
                KeepEnded(t, first, rows);
            }
        }
    }

    /// <summary>Ends the pass: it can be read, and gone back through.</summary>
    public void Complete()
    {
        (IsComplete, CanGoBack) = (true, true);
        layer.LastForward = this;
    }

    /// <summary>Ends a pass of one single step: the state that it ended in is the one that the next step starts from.</summary>
    public void CarryState()
    {
        Kernels.Copy(State.Block(0, Batch, 0, UnitPanels), State.Block(Length * Batch, Batch, 0, UnitPanels));
        if (layer.HasCell)
        {
            Kernels.Copy(Cell.Block(0, Batch), Cell.Block(Length * Batch, Batch));
        }

        (IsComplete, CanGoBack, statesAreCurrent) = (true, false, false);
        layer.LastForward = this;
    }

    /// <summary>Copies h_T (and c_T), each [B, H].</summary>
    public void ReadFinalState(Tensor hidden, Tensor? cell)
    {
        State.Read(hidden.Span, layer.HiddenSize, Length * Batch);
        if (cell is not null)
        {
            Cell.Read(cell.Span, layer.HiddenSize, Length * Batch);
        }
    }

    /// <summary>The row of <see cref="Net"/> where a step begins.</summary>
    public int NetRow(int t) => layer.KeepsNet ? t * Batch : 0;

    /// <summary>A step's pre-activations.</summary>
    public PackedRows NetOf(int t, int first, int rows) => Net.Block(NetRow(t) + first, rows);

    /// <summary>h_{t−1}, counted from t = 0.</summary>
    public PackedRows StateBefore(int t, int first, int rows) => State.Block((t * Batch) + first, rows, 0, UnitPanels);

    /// <summary>h_t.</summary>
    public PackedRows StateAfter(int t, int first, int rows) => StateBefore(t + 1, first, rows);

    /// <summary>c_{t−1}.</summary>
    public PackedRows CellBefore(int t, int first, int rows) => Cell.Block((t * Batch) + first, rows);

    /// <summary>c_t.</summary>
    public PackedRows CellAfter(int t, int first, int rows) => CellBefore(t + 1, first, rows);

    /// <summary>The panel of a state's row where a group starts to read: the one where the input begins if it reads no h.</summary>
    public int FirstPanel(GateGroup group) => group.ReadsHidden ? 0 : layer.HiddenSize / Kernels.Width;

    /// <summary>The panel behind the last one that a group reads.</summary>
    public int EndPanel(GateGroup group) => group.ReadsInput ? State.Panels : UnitPanels;

    private int InputEnd(GateGroup group) => group.ReadsInput ? layer.HiddenSize + layer.InputSize : layer.HiddenSize;

    private void ReadInput(Tensor? x, ForwardPass? below, int t, int first, int rows)
    {
        var row = (t * Batch) + first;
        if (below is not null)
        {
            State.Write(below.State, row + Batch, rows, layer.InputSize, row, layer.HiddenSize);
            return;
        }

        ReadOnlySpan<float> read = x!.Span.Slice(row * layer.InputSize, rows * layer.InputSize);
        if (!TensorPrimitives.IsFiniteAll(read))
        {
            IsInputFinite = false;
        }

        State.Write(read, layer.InputSize, row, layer.HiddenSize);
        for (var b = first; Masking.IsOn && b < first + rows; b++)
        {
            // Whatever stands behind a sequence's end must not matter, not even NaN.
            for (var i = 0; Masking.HasEnded(t, b) && i < layer.InputSize; i++)
            {
                State[(t * Batch) + b, layer.HiddenSize + i] = 0;
            }
        }
    }

    private void KeepEnded(int t, int first, int rows)
    {
        for (var b = first; b < first + rows; b++)
        {
            if (Masking.HasEnded(t, b))
            {
                State.Write(State, (t * Batch) + b, 1, layer.HiddenSize, ((t + 1) * Batch) + b);
                if (layer.HasCell)
                {
                    Cell.Write(Cell, (t * Batch) + b, 1, layer.HiddenSize, ((t + 1) * Batch) + b);
                }
            }
        }
    }

    private void Set(PackedMatrix target, Tensor? source, int first, int end)
    {
        var units = layer.HiddenSize;
        if (source is null)
        {
            target.ClearRows(first, end - first, units);
        }
        else
        {
            target.Write(source.Span[(first * units)..(end * units)], units, first);
        }
    }

    /// <summary>The weights of a panel's units.</summary>
    private void Pack(GateGroup group, PackedMatrix target, int panel)
    {
        var (units, width) = (layer.HiddenSize, Kernels.Width);
        var gate = layer.GateBlocks[group.First + (panel / UnitPanels)];
        var unit = panel % UnitPanels * width;
        var lanes = Math.Min(width, units - unit);
        if (group.ReadsHidden)
        {
            target.WriteTransposed(layer.WeightHh.Value.Rows((gate.Hidden * units) + unit, lanes), units, 0, panel);
        }

        if (group.ReadsInput)
        {
            target.WriteTransposed(
                layer.WeightIh.Value.Rows((gate.Input * units) + unit, lanes), layer.InputSize, units - (FirstPanel(group) * width), panel);
        }
    }
}
