namespace RnnBook;

/// <summary>
/// Long short-term memory, gates in the order i, f, g, o:
/// c_t = f⊙c_{t−1} + i⊙g, h_t = o⊙tanh(c_t), with i, f, o by the logistic function and g by tanh.
/// </summary>
public sealed class Lstm : RecurrentLayer
{
    private readonly Strips cells = new();
    private readonly Strips cellGradient = new();
    private readonly Strips total = new();
    private Tensor? cellStates;
    private Tensor? initialCellGradient;

    /// <summary>Makes a layer with PyTorch's default start: uniform in ±1/√H.</summary>
    /// <param name="inputSize">Inputs of a step, I.</param>
    /// <param name="hiddenSize">Units, H.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    public Lstm(int inputSize, int hiddenSize, RandomSource? random = null)
        : base(inputSize, hiddenSize, [new Part(0, 0), new Part(1, 1), new Part(2, 2), new Part(3, 3)], random)
    {
    }

    /// <summary>c_0, [B, H], that the next forward passes start from; null for zeros.</summary>
    public Tensor? InitialCell { get; set; }

    /// <summary>The cell states c_1 … c_T of the last forward pass, [T, B, H]; the next one overwrites them.</summary>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    public Tensor CellStates
    {
        get
        {
            RequireForward();
            cellStates = Reuse(cellStates, Length, Batch, HiddenSize);
            Read(cells, Batch, cellStates);
            return cellStates;
        }
    }

    /// <summary>After a backward pass: ∂L/∂c_t with every path through later steps counted, [T, B, H]. Null unless recorded.</summary>
    public Tensor? CellStateGradients { get; private set; }

    /// <summary>After a backward pass: ∂L/∂c_0, [B, H].</summary>
    /// <exception cref="InvalidOperationException">There was no backward pass yet, or none for as many sequences as the last forward pass had.</exception>
    public Tensor InitialCellGradient
    {
        get
        {
            RequireBackward();
            initialCellGradient = Reuse(initialCellGradient, Batch, HiddenSize);
            Read(cellGradient, 0, initialCellGradient);
            return initialCellGradient;
        }
    }

    private protected override bool KeepsNet => true;

    /// <inheritdoc/>
    public override string ToString() => $"Lstm: {InputSize} → {HiddenSize}";

    internal override void ReadFinalState(Tensor hidden, Tensor? cell)
    {
        base.ReadFinalState(hidden, cell);
        Read(cells, Length * Batch, cell!);
    }

    internal override void ReadInitialStateGradient(Tensor hidden, Tensor? cell)
    {
        base.ReadInitialStateGradient(hidden, cell);
        Read(cellGradient, 0, cell!);
    }

    private protected override void PrepareForward()
    {
        InitialCell?.RequireShape("The initial cell state", Batch, HiddenSize);
        cells.Resize(Width, (Length + 1) * Batch, HiddenSize);
    }

    private protected override void StartRows(int first, int end) => WriteRows(cells, InitialCell, first, end, HiddenSize);

    private protected override void StepForward(int t, int first, int rows)
    {
        var row = (t * Batch) + first;
        Kernels.LstmForward(
            new Rows(net, row), new Rows(cells, row), new Rows(cells, row + Batch), new Rows(state, row + Batch), rows, HiddenSize);
    }

    internal override void CarryState()
    {
        base.CarryState();
        CarryState(cells);
    }

    private protected override void CarryRow(int from, int to)
    {
        base.CarryRow(from, to);
        cells.Write(cells, from, 1, HiddenSize, to, 0);
    }

    private protected override void PrepareBackward()
    {
        cellGradient.Resize(Width, Batch, HiddenSize);
        cellGradient.Clear();
        total.Resize(Width, Batch, HiddenSize);
        CellStateGradients = RecordStateGradients ? Reuse(CellStateGradients, Length, Batch, HiddenSize) : null;
    }

    private protected override int StepBackward(int t, Rows stateGradient, Rows direct, Rows netGradient, int first, int rows)
    {
        var row = (t * Batch) + first;
        // Behind a sequence's end ∂L/∂c_t is zero by itself: only h, whose gradient goes around the cell there, reads a cell state.
        var flushed = Kernels.LstmBackward(
            new Rows(net, row), new Rows(cells, row), new Rows(cells, row + Batch), stateGradient, new Rows(cellGradient, first),
            new Rows(total, first), netGradient, FlushBelow, rows, HiddenSize);
        Record(total, CellStateGradients, t, first, rows);
        if (IsCut(t))
        {
            cellGradient.ClearRows(first, rows, HiddenSize);
        }

        return flushed;
    }
}
