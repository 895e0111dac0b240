using System.Globalization;
using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>One or more recurrent layers and a linear head that answers after the last step or after every step.</summary>
public sealed class SequenceModel : IModel
{
    private readonly SoleUse use;
    private readonly ModelPass pass;

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
        Parameters =
        [
            .. (embedding?.Parameters ?? []).Select(p => p.Renamed($"embedding.{p.Name}")),
            .. Layers.SelectMany((layer, i) => layer.Parameters.Select(p => p.Renamed($"rnn.{p.Name.Replace("_l0", $"_l{i}", StringComparison.Ordinal)}"))),
            .. head.Parameters.Select(p => p.Renamed($"head.{p.Name}")),
        ];
        ParameterCount = Parameters.Sum(p => p.Value.Count);
        pass = new ModelPass(this);
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

    /// <summary>Outputs of an answer.</summary>
    public int OutputSize => Head.OutputSize;

    /// <summary>
    /// The state that forward passes start from, [B, H] of each layer; null for zeros. It is read, never written. To go on with a long
    /// sequence, set it to what <see cref="ReadFinalState"/> gave: no gradient flows back into the part before.
    /// </summary>
    /// <exception cref="ArgumentException">The state belongs to another model.</exception>
    public SequenceState? InitialState
    {
        get;
        set
        {
            if (value is not null)
            {
                RequireState(value, value.Size);
            }

            field = value;
        }
    }

    /// <summary>Truncated back-propagation through time: <see cref="RecurrentLayer.GradientWindow"/> of all layers. Null: through all steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? GradientWindow
    {
        get;
        set
        {
            foreach (var layer in Layers)
            {
                layer.GradientWindow = value;
            }

            field = value;
        }
    }

    /// <summary>Answers sequences of one length.</summary>
    /// <param name="x">Inputs, [T, B, I]; ids, [T, B, 1], if there is an embedding.</param>
    /// <returns>[B, O], or [T, B, O] with an answer every step; owned by the model, overwritten by the next forward pass.</returns>
    /// <exception cref="ArgumentException">
    /// A shape does not fit, T is 0, the batch is empty, it is all more than an array holds, or an input or a parameter is NaN or ∞.
    /// </exception>
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
        ArgumentNullException.ThrowIfNull(batch);
        FiniteCheck.RequireState(InitialState);
        using var taken = use.Take();
        return Finite(Answer(batch.Inputs, batch.Lengths));
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
        return ((IModel)this).Learn(batch, loss);
    }

    /// <summary>
    /// Gets ready for <see cref="Step"/>: starts from <see cref="InitialState"/> and packs the weights as they are now. Changes of
    /// the weights are seen after the next call.
    /// </summary>
    /// <param name="size">Sequences B that are read side by side, 1 or more.</param>
    /// <exception cref="ArgumentException">The initial state is one of another number of sequences, or it or a parameter is NaN or ∞.</exception>
    public void BeginSteps(int size = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        using var taken = use.Take();
        InitialState?.RequireSize(size);
        FiniteCheck.RequireState(InitialState);
        FiniteCheck.RequireParameters(Parameters);
        pass.BeginSteps(size);
    }

    /// <summary>Reads one time step and goes on from the state that the step before ended in. Allocates nothing.</summary>
    /// <param name="x">Inputs, [B, I]; ids, [B, 1], if there is an embedding.</param>
    /// <returns>[B, O], owned by the model, overwritten by the next step.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or an input is NaN or ∞.</exception>
    /// <exception cref="InvalidOperationException">There was no <see cref="BeginSteps"/>, or a forward pass since then.</exception>
    public Tensor Step(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var taken = use.Take();
        return pass.Step(x);
    }

    /// <summary>A state of zeros, to be filled.</summary>
    /// <param name="size">Sequences B, 1 or more.</param>
    public SequenceState NewState(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return new SequenceState(Layers, size);
    }

    /// <summary>Copies the state that the model's last forward pass (or step) ended in, each sequence's after its own last step.</summary>
    /// <param name="target">Of this model, for as many sequences; may be the initial state of that pass.</param>
    /// <exception cref="ArgumentException">The state does not fit.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass yet, or it did not come to its end.</exception>
    public void ReadFinalState(SequenceState target)
    {
        using var taken = use.Take();
        RequireState(target, pass.RequireForward());
        pass.ReadFinalState(target);
    }

    /// <summary>Copies the gradient of the model's last backward pass with respect to its initial state.</summary>
    /// <param name="target">Of this model, for as many sequences.</param>
    /// <exception cref="ArgumentException">The state does not fit.</exception>
    /// <exception cref="InvalidOperationException">There was no backward pass yet, or none for as many sequences as the last forward pass had.</exception>
    public void ReadInitialStateGradient(SequenceState target)
    {
        using var taken = use.Take();
        RequireState(target, pass.RequireForward());
        pass.ReadInitialStateGradient(target);
    }

    Tensor IModel.Answer(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var taken = use.Take();
        return Answer(batch.Inputs, batch.Lengths);
    }

    double IModel.Learn(Batch batch, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(loss);
        using var taken = use.Take();
        RequireInput(batch.Inputs, batch.Lengths);
        return pass.Learn(batch, loss);
    }

    string IModel.GradientBounds => string.Join(" · ", Layers.Select(layer => FormattableString.Invariant(
        $"window {layer.GradientWindow?.ToString(CultureInfo.InvariantCulture) ?? "none"}, clip {layer.StateGradientClip?.ToString() ?? "none"}, flush below {layer.FlushBelow}")));

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Embedding is null ? "" : $"{Embedding} · ")}{string.Join(" · ", Layers)} · {Head}, an answer {(EveryStep ? "every step" : "after the last step")}, {ParameterCount} parameters";

    private Tensor Answer(Tensor x, int[]? lengths)
    {
        RequireInput(x, lengths);
        return pass.Forward(x, lengths);
    }

    private void RequireInput(Tensor x, int[]? lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("x", -1, -1, InputSize);
        RecurrentLayer.RequireSteps(x);
        Batch.RequireLengths(lengths, x.Shape[0], x.Shape[1]);
        InitialState?.RequireSize(x.Shape[1]);
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

    private void RequireState(SequenceState state, int size)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.RequireSize(size);
        var fits = state.Hidden.Count == Layers.Count;
        for (var i = 0; fits && i < Layers.Count; i++)
        {
            fits = state.Hidden[i].Shape[1] == Layers[i].HiddenSize && state.Cell[i] is not null == Layers[i].HasCell;
        }

        if (!fits)
        {
            throw new ArgumentException($"The {state} does not belong to the model {this}.", nameof(state));
        }
    }
}
