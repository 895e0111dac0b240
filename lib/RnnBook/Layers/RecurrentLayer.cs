namespace RnnBook;

/// <summary>
/// A layer that reads a sequence step by step and keeps a hidden state h. T is the number of time steps, B the batch size,
/// I the input size, H the hidden size, G the number of gates (1 for a plain RNN). Parameters carry PyTorch's names, shapes,
/// and gate order.
/// </summary>
public abstract class RecurrentLayer
{
    private Tensor? lastGradient;

    private protected RecurrentLayer(int inputSize, int hiddenSize, int gates, RandomSource? random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hiddenSize);
        InputSize = inputSize;
        HiddenSize = hiddenSize;
        Gates = gates;
        WeightIh = new Parameter("weight_ih_l0", gates * hiddenSize, inputSize);
        WeightHh = new Parameter("weight_hh_l0", gates * hiddenSize, hiddenSize);
        BiasIh = new Parameter("bias_ih_l0", gates * hiddenSize);
        BiasHh = new Parameter("bias_hh_l0", gates * hiddenSize);
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

    /// <summary>W_ih, W_hh, b_ih, b_hh.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The hidden states h_1 … h_T of the last forward pass, [T, B, H]; the next one overwrites them.</summary>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    public Tensor States => hidden ?? throw new InvalidOperationException("There are no states before the first forward pass.");

    /// <summary>Whether a backward pass keeps <see cref="StateGradients"/>; costs nothing while off.</summary>
    public bool RecordStateGradients { get; set; }

    /// <summary>After a backward pass: ∂L/∂h_t with every path through later steps counted, [T, B, H]. Null unless recorded.</summary>
    public Tensor? StateGradients { get; private protected set; }

    /// <summary>After a backward pass: ∂L/∂h_0, [B, H].</summary>
    public Tensor? InitialStateGradient { get; private protected set; }

    private protected Tensor? hidden;
    private protected Tensor? read;
    private protected Tensor? initial;

    /// <summary>Reads whole sequences.</summary>
    /// <param name="x">Inputs, [T, B, I].</param>
    /// <param name="initialState">h_0, [B, H]; null for zeros.</param>
    /// <returns>h_1 … h_T, [T, B, H]. The layer owns them: the next forward pass overwrites them.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, T is 0, or the batch is empty.</exception>
    public Tensor Forward(Tensor x, Tensor? initialState = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("x", -1, -1, InputSize);
        if (x.Count == 0)
        {
            throw new ArgumentException($"x is {x.ShapeText}: there is no time step or no sequence in it.", nameof(x));
        }

        initialState?.RequireShape("The initial state", x.Shape[1], HiddenSize);
        read = x;
        initial = initialState ?? new Tensor(x.Shape[1], HiddenSize);
        hidden = new Tensor(x.Shape[0], x.Shape[1], HiddenSize);
        Run(x, initial, hidden);
        return hidden;
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
        var (length, batch) = (States.Shape[0], States.Shape[1]);
        if (outputGradient.Rank == 2)
        {
            outputGradient.RequireShape("The gradient of the last state", batch, HiddenSize);
            lastGradient = new Tensor(length, batch, HiddenSize);
            outputGradient.Span.CopyTo(lastGradient.Slice(length - 1));
            outputGradient = lastGradient;
        }

        outputGradient.RequireShape("The gradient of the states", length, batch, HiddenSize);
        StateGradients = RecordStateGradients ? new Tensor(length, batch, HiddenSize) : null;
        InitialStateGradient = new Tensor(batch, HiddenSize);
        var inputGradient = needInputGradient ? new Tensor(length, batch, InputSize) : null;
        RunBack(outputGradient, inputGradient);
        return inputGradient;
    }

    private protected abstract void Run(Tensor x, Tensor h0, Tensor h);

    private protected abstract void RunBack(Tensor outputGradient, Tensor? inputGradient);

    // pre-activation of row j, without the recurrent or the input part when asked
    private protected float Input(int t, int b, int j)
    {
        var sum = BiasIh.Value[j];
        for (var k = 0; k < InputSize; k++)
        {
            sum += WeightIh.Value[j, k] * read![t, b, k];
        }

        return sum;
    }

    private protected float Recurrent(int t, int b, int j)
    {
        var sum = BiasHh.Value[j];
        for (var k = 0; k < HiddenSize; k++)
        {
            sum += WeightHh.Value[j, k] * Previous(t, b, k);
        }

        return sum;
    }

    private protected float Previous(int t, int b, int k) => t == 0 ? initial![b, k] : hidden![t - 1, b, k];

    private protected void BackInput(int t, int b, int j, float d, Tensor? inputGradient)
    {
        BiasIh.Gradient[j] += d;
        for (var k = 0; k < InputSize; k++)
        {
            WeightIh.Gradient[j, k] += d * read![t, b, k];
            if (inputGradient is not null)
            {
                inputGradient[t, b, k] += d * WeightIh.Value[j, k];
            }
        }
    }

    private protected void BackRecurrent(int t, int b, int j, float d, Tensor previous)
    {
        BiasHh.Gradient[j] += d;
        for (var k = 0; k < HiddenSize; k++)
        {
            WeightHh.Gradient[j, k] += d * Previous(t, b, k);
            previous[b, k] += d * WeightHh.Value[j, k];
        }
    }
}
