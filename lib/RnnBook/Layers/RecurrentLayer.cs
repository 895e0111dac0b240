namespace RnnBook;

/// <summary>
/// A layer that reads a sequence step by step and keeps a hidden state h. T is the number of time steps, B the batch size,
/// I the input size, H the hidden size, G the number of gates (1 for a plain RNN). Parameters carry PyTorch's names, shapes,
/// and gate order.
/// </summary>
public abstract class RecurrentLayer
{
    private readonly ForwardPass ownPass;
    private readonly PackedMatrix inputGradientRows = new();
    private Tensor? inputGradient;

    private protected RecurrentLayer(int inputSize, int hiddenSize, GateBlock[] gates, RandomSource? random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hiddenSize);
        (InputSize, HiddenSize, GateBlocks, GateGroups) = (inputSize, hiddenSize, gates, GateGroup.Join(gates));
        Gates = gates.Count(gate => gate.Hidden >= 0);
        if ((long)Gates * hiddenSize > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(hiddenSize), hiddenSize, $"The weights would have {Gates} rows for each unit, more than a tensor holds.");
        }

        WeightIh = new Parameter("weight_ih_l0", Gates * hiddenSize, inputSize);
        WeightHh = new Parameter("weight_hh_l0", Gates * hiddenSize, hiddenSize);
        BiasIh = new Parameter("bias_ih_l0", Gates * hiddenSize);
        BiasHh = new Parameter("bias_hh_l0", Gates * hiddenSize);
        Parameters = [WeightIh, WeightHh, BiasIh, BiasHh];
        Use = new SoleUse(this);
        ownPass = new ForwardPass(this);

        random ??= new RandomSource(1);
        var bound = 1 / Math.Sqrt(hiddenSize);
        foreach (var parameter in Parameters)
        {
            foreach (ref var value in parameter.Value.Span)
            {
                value = (float)random.NextUniform(-bound, bound);
            }
        }
    }

    /// <summary>Inputs of a step, I.</summary>
    public int InputSize { get; }

    /// <summary>Units, H.</summary>
    public int HiddenSize { get; }

    /// <summary>Gates of a unit, G.</summary>
    public int Gates { get; }

    /// <summary>W_ih, [G·H, I].</summary>
    public Parameter WeightIh { get; }

    /// <summary>W_hh, [G·H, H].</summary>
    public Parameter WeightHh { get; }

    /// <summary>b_ih, [G·H].</summary>
    public Parameter BiasIh { get; }

    /// <summary>b_hh, [G·H].</summary>
    public Parameter BiasHh { get; }

    /// <summary>W_ih, W_hh, b_ih, b_hh, and what else the layer learns.</summary>
    public IReadOnlyList<Parameter> Parameters { get; private protected init; }

    /// <summary>What bounds ∂L/∂h_t at every step of a backward pass, before it goes on through the cell; null: nothing.</summary>
    public StateGradientClip? StateGradientClip { get; set; }

    /// <summary>
    /// Truncated back-propagation: the sequence is cut into windows of so many steps; the state goes on from one to the next, the
    /// gradient of the state does not go back. Null: back-propagation through all steps, as with a window of T or more.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? GradientWindow
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(value));
            field = value;
        }
    }

    /// <summary>
    /// The hidden states h_1 … h_T of the last forward pass, the layer's own or that of a model in which it stands, [T, B, H]; the next one
    /// overwrites them.
    /// </summary>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    public Tensor States
    {
        get
        {
            using var use = Use.Take();
            return RequireForward().States;
        }
    }

    /// <summary>Whether a backward pass keeps <see cref="StateGradients"/>; costs nothing while off.</summary>
    public bool RecordStateGradients { get; set; }

    /// <summary>
    /// After a backward pass: ∂L/∂h_t with every path through later steps counted, [T, B, H], as <see cref="StateGradientClip"/> left it; 0
    /// behind a sequence's end. Null unless recorded.
    /// </summary>
    public Tensor? StateGradients => LastBackward?.StateGradients;

    /// <summary>After a backward pass: ∂L/∂h_0, [B, H].</summary>
    /// <exception cref="InvalidOperationException">There was no backward pass yet, or none for as many sequences as the last forward pass had.</exception>
    public Tensor InitialStateGradient
    {
        get
        {
            using var use = Use.Take();
            return RequireBackward().InitialStateGradient;
        }
    }

    /// <summary>
    /// Gradients of a unit's pre-activation (and of a cell state) that are smaller than this are set to zero on their way back. They
    /// change nothing that float can show, but would soon turn into subnormal numbers, with which a processor computes several
    /// times slower. 0 lets them all pass.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or NaN.</exception>
    public float FlushBelow
    {
        get;
        set => field = value >= 0 // −0 is 0: the kernels compare bits.
            ? Math.Abs(value)
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The bound below which gradients are flushed is zero or more.");
    }
    = 1e-30f;

    /// <summary>How many gradients the last backward pass set to zero because of <see cref="FlushBelow"/>.</summary>
    public long FlushedGradients => LastBackward?.FlushedGradients ?? 0;

    /// <summary>What computes; tests compare all widths of register.</summary>
    internal Kernels Kernels { get; set; } = Kernels.Best;

    /// <summary>Held by whoever computes with the layer.</summary>
    internal SoleUse Use { get; }

    /// <summary>The last forward pass that ended, whoever ran it.</summary>
    internal ForwardPass? LastForward { get; set; }

    /// <summary>The last backward pass that ended, whoever ran it.</summary>
    internal BackwardPass? LastBackward { get; set; }

    /// <summary>The groups of H units, in the order in which their pre-activations lie.</summary>
    internal GateBlock[] GateBlocks { get; }

    /// <summary>Neighbours among them that read the same: one product each.</summary>
    internal GateGroup[] GateGroups { get; }

    /// <summary>Whether the layer hands a cell state c on besides h.</summary>
    internal virtual bool HasCell => false;

    /// <summary>Whether the pre-activations of every step are kept for the backward pass, or only serve one step.</summary>
    internal abstract bool KeepsNet { get; }

    /// <summary>Whether part of ∂L/∂h_t reaches h_{t−1} around the recurrent weights.</summary>
    internal virtual bool HasDirectPath => false;

    /// <summary>What a pass of its own starts from besides h_0.</summary>
    internal virtual Tensor? OwnInitialCell => null;

    /// <summary>Reads whole sequences.</summary>
    /// <param name="x">Inputs, [T, B, I].</param>
    /// <param name="initialState">h_0, [B, H]; null for zeros.</param>
    /// <param name="lengths">Each sequence's own length, B of them; null if all have T steps. Behind its end a sequence keeps its state.</param>
    /// <returns>h_1 … h_T, [T, B, H]. The layer owns them: its next forward pass overwrites them.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, T is 0, the batch is empty, a length is not in 1 … T, or it is all more than an array holds.</exception>
    public Tensor Forward(Tensor x, Tensor? initialState = null, int[]? lengths = null)
    {
        using var use = Use.Take();
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("x", -1, -1, InputSize);
        RequireSteps(x);
        Batch.RequireLengths(lengths, x.Shape[0], x.Shape[1]);
        ownPass.Begin(x.Shape[0], x.Shape[1], lengths, initialState, OwnInitialCell);
        ownPass.Pack(Share.All);
        ownPass.Run(x, null, 0, x.Shape[1]);
        ownPass.Complete();
        return ownPass.States;
    }

    /// <summary>Back-propagates through all time steps of the last forward pass, the layer's own or that of a model; adds to the parameters' gradients.</summary>
    /// <param name="outputGradient">∂L/∂h as the loss sees it: [T, B, H] for every step, or [B, H] if only the last step counts.</param>
    /// <param name="needInputGradient">Whether ∂L/∂x is wanted.</param>
    /// <returns>∂L/∂x, [T, B, I], owned by the layer; null if not wanted.</returns>
    /// <exception cref="InvalidOperationException">There was no forward pass yet, or the last one was a single step.</exception>
    /// <exception cref="ArgumentException">The shape does not fit the last forward pass.</exception>
    public Tensor? Backward(Tensor outputGradient, bool needInputGradient = false)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        using var use = Use.Take();
        var pass = RequireForward();
        if (!pass.CanGoBack)
        {
            throw new InvalidOperationException("The last forward pass was a single step: it keeps nothing to go back through.");
        }

        var everyStep = outputGradient.Rank != 2;
        if (everyStep)
        {
            outputGradient.RequireShape("The gradient of the states", pass.Length, pass.Batch, HiddenSize);
        }
        else
        {
            outputGradient.RequireShape("The gradient of the last state", pass.Batch, HiddenSize);
        }

        var back = pass.Backward;
        back.Begin(everyStep, needInputGradient);
        back.Pack(Share.All);
        (everyStep ? back.OutputGradient : back.StateGradient).Write(outputGradient.Span, HiddenSize, 0);
        if (needInputGradient)
        {
            inputGradientRows.Resize(pass.Kernels.Width, (long)pass.Length * pass.Batch, InputSize);
        }

        var shards = Shards.Of(pass.Batch);
        back.Run(shards, 0, shards.Count, needInputGradient ? inputGradientRows : null);
        back.AddGradients(Share.All);
        back.Complete();
        if (!needInputGradient)
        {
            return null;
        }

        inputGradient = Tensor.Reuse(inputGradient, pass.Length, pass.Batch, InputSize);
        inputGradientRows.Read(inputGradient.Span, InputSize, 0);
        return inputGradient;
    }

    /// <summary>From a step's pre-activations to h_t.</summary>
    internal abstract void StepForward(ForwardPass pass, int t, int first, int rows);

    /// <summary>From ∂L/∂h_t to the gradients of the pre-activations of step t (and to what goes the direct path).</summary>
    /// <param name="back">The pass.</param>
    /// <param name="t">The step, counted from 0.</param>
    /// <param name="netRow">Where its gradients stand among those of the chunk.</param>
    /// <param name="first">First sequence.</param>
    /// <param name="rows">How many sequences.</param>
    /// <returns>How many gradients were flushed to zero.</returns>
    internal abstract int StepBackward(BackwardPass back, int t, int netRow, int first, int rows);

    /// <summary>Adds to the gradients of what the layer learns besides weights and biases.</summary>
    internal virtual void AddOwnGradients(BackwardPass back)
    {
    }

    internal static void RequireSteps(Tensor x)
    {
        if (x.Count == 0)
        {
            throw new ArgumentException($"x is {x.ShapeText}: there is no time step or no sequence in it.", nameof(x));
        }
    }

    private protected ForwardPass RequireForward() => LastForward is { IsComplete: true } pass
        ? pass
        : throw new InvalidOperationException("There is nothing to show or to go back through before the first forward pass.");

    /// <summary>Throws unless there are gradients of as many states as the last forward pass had.</summary>
    private protected BackwardPass RequireBackward()
    {
        var forward = RequireForward();
        return (LastBackward ?? forward.Backward).Require(forward.Batch);
    }
}

/// <summary>
/// A group of H units in the layer's own order: which block of H rows of W_hh and of W_ih it has, −1 for none. (A GRU's candidate is two
/// groups, since r comes between its recurrent and its input part.) Those without W_ih stand first, those without W_hh last.
/// </summary>
internal readonly record struct GateBlock(int Hidden, int Input);

/// <summary>Neighbouring gate blocks that read the same.</summary>
internal readonly record struct GateGroup(int First, int Count, bool ReadsHidden, bool ReadsInput)
{
    public static GateGroup[] Join(ReadOnlySpan<GateBlock> gates)
    {
        var groups = new List<GateGroup>();
        for (int i = 0, end; i < gates.Length; i = end)
        {
            var (hidden, input) = (gates[i].Hidden >= 0, gates[i].Input >= 0);
            for (end = i + 1; end < gates.Length && gates[end].Hidden >= 0 == hidden && gates[end].Input >= 0 == input;)
            {
                end++;
            }

            groups.Add(new GateGroup(i, end - i, hidden, input));
        }

        return [.. groups];
    }
}
