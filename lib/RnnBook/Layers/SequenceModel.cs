using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>One or more recurrent layers and a linear head that answers after the last step or after every step.</summary>
public sealed partial class SequenceModel
{
    private readonly TwoThreads pair = new();
    private readonly SoleUse use;
    private readonly Action<int> beforeForward;
    private readonly Action<int> beforeBackward;
    private readonly Action<int> addGradients;
    private readonly Action<int> forward;
    private readonly Action<int> backward;
    private readonly Action<int, int> forwardAll;
    private readonly Action<int, int> backwardAll;
    private readonly double[] losses = new double[2];
    private Batch? batch;
    private Loss? loss;
    private Tensor? input;
    private Tensor? output;
    private Tensor? outputGradient;

    /// <summary>Joins layers and head.</summary>
    /// <param name="layers">From the input up; each reads the states of the one before.</param>
    /// <param name="head">Reads the states of the last layer.</param>
    /// <param name="everyStep">Whether there is an answer after every step or only after the last.</param>
    /// <exception cref="ArgumentException">There is no layer, or sizes do not fit.</exception>
    public SequenceModel(IReadOnlyList<RecurrentLayer> layers, Linear head, bool everyStep = false)
        : this(null, layers, head, everyStep)
    {
    }

    /// <summary>Puts an embedding before the layers: the model reads ids, [T, B, 1].</summary>
    /// <param name="embedding">Gives the first layer its inputs; null: the inputs are read as they are.</param>
    /// <param name="layers">From the input up; each reads the states of the one before.</param>
    /// <param name="head">Reads the states of the last layer.</param>
    /// <param name="everyStep">Whether there is an answer after every step or only after the last.</param>
    /// <exception cref="ArgumentException">There is no layer, or sizes do not fit.</exception>
    public SequenceModel(Embedding? embedding, IReadOnlyList<RecurrentLayer> layers, Linear head, bool everyStep = false)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(head);
        if (layers.Count == 0)
        {
            throw new ArgumentException("A model has at least one recurrent layer.", nameof(layers));
        }

        if (embedding is not null && layers[0].InputSize != embedding.Size)
        {
            throw new ArgumentException($"Layer 0 reads {layers[0].InputSize} inputs, but the embedding gives {embedding.Size}.", nameof(embedding));
        }

        for (var i = 1; i < layers.Count; i++)
        {
            if (layers[i].InputSize != layers[i - 1].HiddenSize)
            {
                throw new ArgumentException($"Layer {i} reads {layers[i].InputSize} inputs, but layer {i - 1} has {layers[i - 1].HiddenSize} units.", nameof(layers));
            }
        }

        if (layers.Distinct().Count() < layers.Count)
        {
            throw new ArgumentException("A layer stands twice in the model: each one keeps the states of its own place.", nameof(layers));
        }

        if (head.InputSize != layers[^1].HiddenSize)
        {
            throw new ArgumentException($"The head reads {head.InputSize} inputs, but the last layer has {layers[^1].HiddenSize} units.", nameof(head));
        }

        Embedding = embedding;
        Layers = [.. layers];
        Head = head;
        EveryStep = everyStep;
        use = new SoleUse(this, [.. Layers.Select(layer => layer.Use), head.Use, .. embedding is null ? [] : new[] { embedding.Use }]);
        beforeForward = half => BeforeForward(new Share(half, 2));
        beforeBackward = half => BeforeBackward(new Share(half, 2));
        addGradients = half => AddGradients(new Share(half, 2));
        (forwardAll, backwardAll) = (ForwardShards, BackwardShards);
        (forward, backward) = (half => ForwardShards(half, half + 1), half => BackwardShards(half, half + 1));
        Parameters =
        [
            .. (embedding?.Parameters ?? []).Select(p => p.Renamed($"embedding.{p.Name}")),
            .. Layers.SelectMany((layer, i) => layer.Parameters.Select(p => p.Renamed($"rnn.{p.Name.Replace("_l0", $"_l{i}", StringComparison.Ordinal)}"))),
            .. head.Parameters.Select(p => p.Renamed($"head.{p.Name}")),
        ];
        ParameterCount = Parameters.Sum(p => p.Value.Count);
    }

    /// <summary>Joins one layer and a head.</summary>
    /// <param name="layer">Reads the input.</param>
    /// <param name="head">Reads the layer's states.</param>
    /// <param name="everyStep">Whether there is an answer after every step or only after the last.</param>
    /// <exception cref="ArgumentException">Sizes do not fit.</exception>
    public SequenceModel(RecurrentLayer layer, Linear head, bool everyStep = false)
        : this([layer], head, everyStep)
    {
    }

    /// <summary>What turns ids into the first layer's inputs; null if the inputs are read as they are.</summary>
    public Embedding? Embedding { get; }

    /// <summary>The recurrent layers, from the input up.</summary>
    public IReadOnlyList<RecurrentLayer> Layers { get; }

    /// <summary>The head.</summary>
    public Linear Head { get; }

    /// <summary>Whether there is an answer after every step.</summary>
    public bool EveryStep { get; }

    /// <summary>All parameters, named as in a PyTorch module with members embedding, rnn and head: "rnn.weight_hh_l0", "head.bias".</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>How many threads share a batch, 1 or 2; the results are the same bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Neither 1 nor 2.</exception>
    public int Threads
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 2);
            field = value;
        }
    }
    = 1;

    /// <summary>How many numbers training changes.</summary>
    public int ParameterCount { get; }

    /// <summary>Inputs of a step: 1, the id, if there is an embedding.</summary>
    public int InputSize => Embedding is null ? Layers[0].InputSize : 1;

    /// <summary>Answers sequences of one length.</summary>
    /// <param name="x">Inputs, [T, B, I]; ids, [T, B, 1], if there is an embedding.</param>
    /// <returns>[B, O], or [T, B, O] with an answer every step; owned by the model, overwritten by the next forward pass.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, T is 0, the batch is empty, or an input or a parameter is NaN or ∞.</exception>
    public Tensor Forward(Tensor x)
    {
        FiniteCheck.RequireState(InitialState);
        using var taken = use.Take();
        return Finite(Answer(x, null));
    }

    /// <summary>Answers a batch, whose sequences may have lengths of their own.</summary>
    /// <param name="batch">Of it only the inputs and the lengths are read.</param>
    /// <returns>As from inputs alone; the answers behind a sequence's end mean nothing.</returns>
    /// <exception cref="ArgumentException">As from inputs alone, or a length does not fit.</exception>
    public Tensor Forward(Batch batch)
    {
        FiniteCheck.RequireState(InitialState);
        return Finite(Answer(batch));
    }

    /// <summary>As <see cref="Forward(Batch)"/>, but NaN in parameters is not refused: training reports it as divergence.</summary>
    internal Tensor Answer(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var taken = use.Take();
        return Answer(batch.Inputs, batch.Lengths);
    }

    /// <summary>The answer, unless a parameter made it NaN. (States that overflow by themselves may be what a reader wants to see.)</summary>
    private Tensor Finite(Tensor answer)
    {
        if (!TensorPrimitives.IsFiniteAll<float>(answer.Span))
        {
            FiniteCheck.RequireParameters(Parameters);
        }

        return answer;
    }

    private Tensor Answer(Tensor x, int[]? lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("x", -1, -1, InputSize);
        RecurrentLayer.RequireSteps(x);
        Batch.RequireLengths(lengths, x.Shape[0], x.Shape[1]);
        var (length, size) = (x.Shape[0], x.Shape[1]);
        InitialState?.RequireSize(size);
        isStepping = false;
        // Counted, not foreach, here and below: the enumerator of an interface is an allocation in every step.
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].BeginForward(length, size, lengths);
        }

        Head.BeginForward(EveryStep ? length * size : size);
        input = Embedding?.TakeIds(x, lengths) ?? x;
        output = EveryStep
            ? RecurrentLayer.Reuse(output, length, size, Head.OutputSize)
            : RecurrentLayer.Reuse(output, size, Head.OutputSize);
        RunHalves(beforeForward);
        Run(forward, forwardAll);
        if (!Layers[0].IsInputFinite)
        {
            FiniteCheck.RequireInputs(x, lengths);
        }

        return output;
    }

    /// <summary>Sets all gradients anew: forward pass, loss, back-propagation through time.</summary>
    /// <param name="batch">Inputs and what to answer.</param>
    /// <param name="loss">How far off an answer is.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">A shape, a length or a label does not fit, or an input or a parameter is NaN or ∞.</exception>
    public double LossAndGradients(Batch batch, Loss loss)
    {
        FiniteCheck.RequireParameters(Parameters);
        FiniteCheck.RequireState(InitialState);
        return Learn(batch, loss);
    }

    /// <summary>As <see cref="LossAndGradients"/>, but NaN in parameters is not refused: training reports it as divergence.</summary>
    internal double Learn(Batch batch, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(loss);
        using var taken = use.Take();
        for (var i = 0; i < Parameters.Count; i++)
        {
            Parameters[i].Gradient.Clear();
        }

        var answer = Answer(batch.Inputs, batch.Lengths);
        outputGradient = RecurrentLayer.Reuse(outputGradient, answer.Shape);
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].BeginBackward(EveryStep || i < Layers.Count - 1, needInputGradient: i > 0 || Embedding is not null);
        }

        Embedding?.BeginBackward(Layers[0].Kernels.Width);

        Head.BeginBackward(answer.Count / Head.OutputSize);
        (this.batch, this.loss) = (batch, loss);
        RunHalves(beforeBackward);
        Run(backward, backwardAll);
        RunHalves(addGradients);
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].EndBackward();
        }

        Head.EndBackward(Shards.Of(batch.Size).Count);
        return losses[0] + losses[1];
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Embedding is null ? "" : $"{Embedding} · ")}{string.Join(" · ", Layers)} · {Head}, an answer {(EveryStep ? "every step" : "after the last step")}, {ParameterCount} parameters";
}
