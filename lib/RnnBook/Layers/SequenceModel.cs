namespace RnnBook;

/// <summary>One or more recurrent layers and a linear head that answers after the last step or after every step.</summary>
public sealed class SequenceModel
{
    private Tensor? outputGradient;

    /// <summary>Joins layers and head.</summary>
    /// <param name="layers">From the input up; each reads the states of the one before.</param>
    /// <param name="head">Reads the states of the last layer.</param>
    /// <param name="everyStep">Whether there is an answer after every step or only after the last.</param>
    /// <exception cref="ArgumentException">There is no layer, or sizes do not fit.</exception>
    public SequenceModel(IReadOnlyList<RecurrentLayer> layers, Linear head, bool everyStep = false)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(head);
        if (layers.Count == 0)
        {
            throw new ArgumentException("A model has at least one recurrent layer.", nameof(layers));
        }

        for (var i = 1; i < layers.Count; i++)
        {
            if (layers[i].InputSize != layers[i - 1].HiddenSize)
            {
                throw new ArgumentException($"Layer {i} reads {layers[i].InputSize} inputs, but layer {i - 1} has {layers[i - 1].HiddenSize} units.", nameof(layers));
            }
        }

        if (head.InputSize != layers[^1].HiddenSize)
        {
            throw new ArgumentException($"The head reads {head.InputSize} inputs, but the last layer has {layers[^1].HiddenSize} units.", nameof(head));
        }

        Layers = [.. layers];
        Head = head;
        EveryStep = everyStep;
        Parameters =
        [
            .. Layers.SelectMany((layer, i) => layer.Parameters.Select(p => p.Renamed($"rnn.{p.Name.Replace("_l0", $"_l{i}", StringComparison.Ordinal)}"))),
            .. head.Parameters.Select(p => p.Renamed($"head.{p.Name}")),
        ];
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

    /// <summary>The recurrent layers, from the input up.</summary>
    public IReadOnlyList<RecurrentLayer> Layers { get; }

    /// <summary>The head.</summary>
    public Linear Head { get; }

    /// <summary>Whether there is an answer after every step.</summary>
    public bool EveryStep { get; }

    /// <summary>All parameters, named as in a PyTorch module with members rnn and head: "rnn.weight_hh_l0", "head.bias".</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>How many threads share a batch, 1 or 2; the results are the same bits.</summary>
    public int Threads { get; set; } = 1;

    /// <summary>How many numbers training changes.</summary>
    public int ParameterCount => Parameters.Sum(p => p.Value.Count);

    /// <summary>Answers a batch of sequences.</summary>
    /// <param name="x">Inputs, [T, B, I].</param>
    /// <returns>[B, O], or [T, B, O] with an answer every step; owned by the model, overwritten by the next forward pass.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, T is 0, or the batch is empty.</exception>
    public Tensor Forward(Tensor x)
    {
        foreach (var layer in Layers)
        {
            x = layer.Forward(x);
        }

        return Head.Forward(EveryStep ? x : Tensor.From(x.Slice(x.Shape[0] - 1), x.Shape[1], x.Shape[2]));
    }

    /// <summary>Sets all gradients anew: forward pass, loss, back-propagation through time.</summary>
    /// <param name="batch">Inputs and what to answer.</param>
    /// <param name="loss">How far off an answer is.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public double LossAndGradients(Batch batch, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(loss);
        foreach (var parameter in Parameters)
        {
            parameter.Gradient.Clear();
        }

        var output = Forward(batch.Inputs);
        outputGradient = new Tensor(output.Shape);
        var value = loss.Evaluate(output, batch, outputGradient);
        Tensor? gradient = Head.Backward(outputGradient);
        for (var i = Layers.Count - 1; i >= 0; i--)
        {
            gradient = Layers[i].Backward(gradient!, needInputGradient: i > 0);
        }

        return value;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{string.Join(" · ", Layers)} · {Head}, an answer {(EveryStep ? "every step" : "after the last step")}, {ParameterCount} parameters";
}
