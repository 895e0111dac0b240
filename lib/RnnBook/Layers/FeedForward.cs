using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>
/// Dense layers on top of each other, with an activation f after each but the last: a_l = W_l h_{l−1} + b_l, h_l = f(a_l), h_0 = x, and
/// the output is a_n. No time: every row is answered by itself.
/// </summary>
public sealed class FeedForward : IModel
{
    private readonly SoleUse use;
    private readonly LinearPass[] passes;
    private readonly Activation[] activations;
    private readonly Tensor?[] states;
    private Tensor? slopes;
    private Tensor? outputGradient;
    private (Tensor Of, Tensor Rows)? outputRows;
    private (Tensor Of, Tensor Rows)? gradientRows;

    /// <summary>Makes a net with PyTorch's default start: each layer uniform in ±1/√inputs.</summary>
    /// <param name="sizes">Inputs, units of each hidden layer, outputs: [784, 512, 10] has one hidden layer.</param>
    /// <param name="activation">f. Of a <see cref="PRelu"/> each hidden layer learns a slope of its own, starting from the one given.</param>
    /// <param name="random">Where the weights are drawn from, first layer first; null for the stream of seed 1.</param>
    /// <exception cref="ArgumentException">Fewer than two sizes.</exception>
    public FeedForward(IReadOnlyList<int> sizes, Activation activation, RandomSource? random = null)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(activation);
        if (sizes.Count < 2)
        {
            throw new ArgumentException($"A net has inputs and outputs: two sizes or more, not {sizes.Count}.", nameof(sizes));
        }

        random ??= new RandomSource(1);
        Activation = activation;
        Layers = [.. Enumerable.Range(1, sizes.Count - 1).Select(l => new Linear(sizes[l - 1], sizes[l], random))];
        activations = [.. Enumerable.Range(1, Layers.Count - 1).Select(_ => activation.ForLayer())];
        Parameters =
        [
            .. Layers.SelectMany((layer, l) => layer.Parameters.Select(p => p.Renamed($"fc{l + 1}.{p.Name}"))),
            .. activations.OfType<PRelu>().Select((prelu, l) => prelu.Weight.Renamed($"prelu{l + 1}.{prelu.Weight.Name}")),
        ];
        states = new Tensor?[Layers.Count - 1];
        passes = [.. Layers.Select(layer => new LinearPass(layer))];
        use = new SoleUse(this);
    }

    /// <summary>f.</summary>
    public Activation Activation { get; }

    /// <summary>The dense layers, from the input up; the last one gives the output.</summary>
    public IReadOnlyList<Linear> Layers { get; }

    /// <summary>All parameters: "fc1.weight", "fc1.bias", "fc2.weight", …, last the slopes of a PReLU, "prelu1.weight", …</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>How many numbers training changes.</summary>
    public int ParameterCount => Parameters.Sum(p => p.Value.Count);

    /// <inheritdoc/>
    public int InputSize => Layers[0].InputSize;

    /// <inheritdoc/>
    public int OutputSize => Layers[^1].OutputSize;

    /// <summary>True: a step is a row like any other, and has its answer.</summary>
    public bool EveryStep => true;

    /// <summary>
    /// h_1 … h_{n−1} of the last forward pass, one tensor a hidden layer, [B, H]; owned by the net, the next forward pass overwrites them.
    /// </summary>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    public IReadOnlyList<Tensor> States =>
        [.. states.Select(h => h ?? throw new InvalidOperationException("There are no states before the first forward pass."))];

    /// <summary>‖∂L/∂a_l‖ over all rows, layer 1 to n, the output last; of the last backward pass.</summary>
    public IReadOnlyList<double> GradientNorms { get; private set; } = [];

    /// <summary>Whether backward passes fill <see cref="GradientNorms"/>.</summary>
    public bool RecordGradientNorms { get; set; }

    /// <summary>Draws all weights anew, first layer first, and sets the biases to 0.</summary>
    /// <param name="random">Where the draws come from.</param>
    /// <param name="weights">For every W.</param>
    /// <returns>The net itself.</returns>
    public FeedForward StartFrom(RandomSource random, Initializer weights)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(weights);
        foreach (var layer in Layers)
        {
            weights.Fill(layer.Weight.Value, random);
            layer.Bias.Value.Clear();
        }

        return this;
    }

    /// <summary>Answers every row.</summary>
    /// <param name="x">[B, inputs], or [T, B, inputs] with an answer for each step by itself.</param>
    /// <returns>[B, outputs] or [T, B, outputs], owned by the net: the next forward pass overwrites it.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, there is no row, or an input is NaN or ∞.</exception>
    public Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var taken = use.Take();
        return Answer(x);
    }

    /// <summary>Answers a batch.</summary>
    /// <param name="batch">Inputs [T, B, inputs], each step a row by itself; of the rest only the targets' shape is read.</param>
    /// <returns>
    /// [T, B, outputs], or [B, outputs] where the batch has T = 1 and such targets; owned by the net: the next forward pass overwrites it.
    /// </returns>
    /// <exception cref="ArgumentException">As from inputs alone.</exception>
    public Tensor Forward(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var taken = use.Take();
        return AsAsked(Answer(batch.Inputs), batch, ref outputRows);
    }

    private Tensor Answer(Tensor x)
    {
        FiniteCheck.Require(x, "x");
        var a = passes[0].Forward(x);
        for (var l = 1; l < Layers.Count; l++)
        {
            var h = states[l - 1] = Tensor.Reuse(states[l - 1], a.Shape);
            activations[l - 1].Apply(a.Span, h.Span);
            a = passes[l].Forward(h);
        }

        return a;
    }

    /// <summary>Adds to the gradients of all parameters.</summary>
    /// <param name="outputGradient">∂L/∂output, shape of the last output.</param>
    /// <param name="needInputGradient">Whether ∂L/∂x is wanted.</param>
    /// <returns>∂L/∂x, shape of the last input, owned by the net; null if not wanted.</returns>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    /// <exception cref="ArgumentException">The shape does not fit the last forward pass.</exception>
    public Tensor? Backward(Tensor outputGradient, bool needInputGradient = false)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        using var taken = use.Take();
        return GoBack(outputGradient, needInputGradient);
    }

    private Tensor? GoBack(Tensor outputGradient, bool needInputGradient)
    {
        var norms = RecordGradientNorms ? new double[Layers.Count] : null;
        var gradient = outputGradient;
        for (var l = Layers.Count - 1; l > 0; l--)
        {
            norms?[l] = GradientClip.Norm(gradient.Span);
            gradient = passes[l].Backward(gradient, needInputGradient: true)!;

            // From ∂L/∂h to ∂L/∂a, in place.
            if (activations[l - 1] is PRelu prelu)
            {
                prelu.Weight.Gradient[0] += (float)PRelu.SlopeGradient(passes[l - 1].Output.Span, gradient.Span);
            }

            slopes = Tensor.Reuse(slopes, gradient.Shape);
            activations[l - 1].ApplyDerivative(passes[l - 1].Output.Span, slopes.Span);
            TensorPrimitives.Multiply(gradient.Span, slopes.Span, gradient.Span);
        }

        norms?[0] = GradientClip.Norm(gradient.Span);
        GradientNorms = norms ?? [];
        return passes[0].Backward(gradient, needInputGradient);
    }

    /// <summary>Sets all gradients anew: forward pass, loss, backward pass.</summary>
    /// <param name="batch">Inputs [T, B, inputs], each step a row by itself (T = 1 for images), and what to answer.</param>
    /// <param name="loss">How far off an answer is.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public double LossAndGradients(Batch batch, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(loss);
        using var taken = use.Take();
        for (var i = 0; i < Parameters.Count; i++)
        {
            Parameters[i].Gradient.Clear();
        }

        var output = Answer(batch.Inputs);
        outputGradient = Tensor.Reuse(outputGradient, output.Shape);
        var value = loss.Evaluate(AsAsked(output, batch, ref outputRows), batch, AsAsked(outputGradient, batch, ref gradientRows));
        GoBack(outputGradient, needInputGradient: false);
        return value;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"FeedForward: {string.Join(" → ", Layers.Select(l => l.InputSize).Append(Layers[^1].OutputSize))}, {Activation.Name}, {ParameterCount} parameters";

    /// <summary>[1, B, O] as [B, O] where the batch's targets have no time axis, as those of images: the same numbers, not a copy.</summary>
    private static Tensor AsAsked(Tensor output, Batch batch, ref (Tensor Of, Tensor Rows)? rows)
    {
        if (batch.Targets is not { Rank: 2 } || batch.Length > 1)
        {
            return output;
        }

        if (rows?.Of != output)
        {
            rows = (output, output.Reshaped(output.Shape[1], output.Shape[2]));
        }

        return rows.Value.Rows;
    }
}
