namespace RnnBook;

/// <summary>
/// A layer that reads a sequence step by step and keeps a hidden state h. T is the number of time steps, B the batch size,
/// I the input size, H the hidden size, G the number of gates (1 for a plain RNN). Parameters carry PyTorch's names, shapes,
/// and gate order.
/// </summary>
public abstract partial class RecurrentLayer
{
    private Tensor? states;
    private bool statesAreCurrent;
    private Tensor? initialStateGradient;
    private Tensor? inputGradient;

    private protected RecurrentLayer(int inputSize, int hiddenSize, ReadOnlySpan<Part> parts, RandomSource? random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hiddenSize);
        InputSize = inputSize;
        HiddenSize = hiddenSize;
        Use = new SoleUse(this);
        this.parts = parts.ToArray();
        blocks = JoinBlocks(parts);
        Gates = this.parts.Count(part => part.Hidden >= 0);
        WeightIh = new Parameter("weight_ih_l0", Gates * hiddenSize, inputSize);
        WeightHh = new Parameter("weight_hh_l0", Gates * hiddenSize, hiddenSize);
        BiasIh = new Parameter("bias_ih_l0", Gates * hiddenSize);
        BiasHh = new Parameter("bias_hh_l0", Gates * hiddenSize);
        Parameters = [WeightIh, WeightHh, BiasIh, BiasHh];

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

    /// <summary>The hidden states h_1 … h_T of the last forward pass, [T, B, H]; the next one overwrites them.</summary>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    public Tensor States
    {
        get
        {
            if (!statesAreCurrent)
            {
                RequireForward();
                states = Reuse(states, Length, Batch, HiddenSize);
                Read(state, Batch, states);
                statesAreCurrent = true;
            }

            return states!;
        }
    }

    /// <summary>Whether a backward pass keeps <see cref="StateGradients"/>; costs nothing while off.</summary>
    public bool RecordStateGradients { get; set; }

    /// <summary>
    /// After a backward pass: ∂L/∂h_t with every path through later steps counted, [T, B, H], as <see cref="StateGradientClip"/> left it; 0
    /// behind a sequence's end. Null unless recorded.
    /// </summary>
    public Tensor? StateGradients { get; private set; }

    /// <summary>After a backward pass: ∂L/∂h_0, [B, H].</summary>
    /// <exception cref="InvalidOperationException">There was no backward pass yet, or none for as many sequences as the last forward pass had.</exception>
    public Tensor InitialStateGradient
    {
        get
        {
            RequireBackward();
            initialStateGradient = Reuse(initialStateGradient, Batch, HiddenSize);
            Read(stateGradient, 0, initialStateGradient);
            return initialStateGradient;
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
    public long FlushedGradients { get; private set; }

    /// <summary>Reads whole sequences.</summary>
    /// <param name="x">Inputs, [T, B, I].</param>
    /// <param name="initialState">h_0, [B, H]; null for zeros.</param>
    /// <param name="lengths">Each sequence's own length, B of them; null if all have T steps. Behind its end a sequence keeps its state.</param>
    /// <returns>h_1 … h_T, [T, B, H]. The layer owns them: the next forward pass overwrites them.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, T is 0, the batch is empty, or a length is not in 1 … T.</exception>
    public Tensor Forward(Tensor x, Tensor? initialState = null, int[]? lengths = null)
    {
        using var use = Use.Take();
        RequireInput(x);
        initialState?.RequireShape("The initial state", x.Shape[1], HiddenSize);
        RnnBook.Batch.RequireLengths(lengths, x.Shape[0], x.Shape[1]);
        BeginForward(x.Shape[0], x.Shape[1], lengths);
        PackForward(Share.All);
        ForwardRows(x, null, initialState, 0, Batch);
        return States;
    }

    /// <summary>Back-propagates through all time steps of the last forward pass; adds to the parameters' gradients.</summary>
    /// <param name="outputGradient">∂L/∂h as the loss sees it: [T, B, H] for every step, or [B, H] if only the last step counts.</param>
    /// <param name="needInputGradient">Whether ∂L/∂x is wanted.</param>
    /// <returns>∂L/∂x, [T, B, I], owned by the layer; null if not wanted.</returns>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    /// <exception cref="ArgumentException">The shape does not fit the last forward pass.</exception>
    public Tensor? Backward(Tensor outputGradient, bool needInputGradient = false)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        using var use = Use.Take();
        RequireForward();
        var everyStep = outputGradient.Rank != 2;
        if (everyStep)
        {
            outputGradient.RequireShape("The gradient of the states", Length, Batch, HiddenSize);
        }
        else
        {
            outputGradient.RequireShape("The gradient of the last state", Batch, HiddenSize);
        }

        BeginBackward(everyStep, needInputGradient);
        PackBackward(Share.All);
        Write(outputGradient, everyStep ? this.outputGradient : stateGradient);
        Strips? target = null;
        if (needInputGradient)
        {
            inputGradient = Reuse(inputGradient, Length, Batch, InputSize);
            target = inputGradientRows;
            target.Resize(Width, Length * Batch, InputSize);
        }

        BackwardRows(Shards.Of(Batch), 0, Shards.Of(Batch).Count, target);
        AddGradients(Share.All);
        EndBackward();
        if (target is null)
        {
            return null;
        }

        Read(target, 0, inputGradient!);
        return inputGradient;
    }

    /// <summary>Held by whoever computes with the layer.</summary>
    internal SoleUse Use { get; }

    internal void RequireInput(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("x", -1, -1, InputSize);
        RequireSteps(x);
    }

    internal static void RequireSteps(Tensor x)
    {
        if (x.Count == 0)
        {
            throw new ArgumentException($"x is {x.ShapeText}: there is no time step or no sequence in it.", nameof(x));
        }
    }

    /// <summary>Throws unless there was a forward pass; says how many sequences it had.</summary>
    internal int RequireForward() => Length > 0
        ? Batch
        : throw new InvalidOperationException("There is nothing to show or to go back through before the first forward pass.");

    /// <summary>Throws unless there are gradients of as many states as the last forward pass had.</summary>
    private protected void RequireBackward()
    {
        if (RequireForward() != stateGradient.Rows)
        {
            throw new InvalidOperationException(
                $"The last forward pass had {Batch} sequences, the last backward pass {stateGradient.Rows}: there are no gradients of the state to show before it went back.");
        }
    }

    /// <summary>Copies h_T (and c_T), each [B, H].</summary>
    internal virtual void ReadFinalState(Tensor hidden, Tensor? cell) => Read(state, Length * Batch, hidden);

    /// <summary>Copies ∂L/∂h_0 (and ∂L/∂c_0), each [B, H].</summary>
    internal virtual void ReadInitialStateGradient(Tensor hidden, Tensor? cell)
    {
        RequireBackward();
        Read(stateGradient, 0, hidden);
    }

    /// <summary>The tensor itself if it has the shape, otherwise a new one.</summary>
    internal static Tensor Reuse(Tensor? tensor, params ReadOnlySpan<int> shape) =>
        tensor is not null && tensor.Shape.SequenceEqual(shape) ? tensor : new Tensor(shape);
}
