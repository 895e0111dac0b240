namespace RnnBook;

/// <summary>
/// A net with one hidden layer that may keep only its k largest values, all others 0: zeros by choice, whatever the activation.
/// </summary>
internal sealed class SparseNet
{
    private readonly Activation activation;
    private readonly int kept;
    private readonly Linear first;
    private readonly Linear second;
    private Tensor? hidden;
    private Tensor? pre;

    /// <param name="inputs">Inputs.</param>
    /// <param name="units">Hidden units.</param>
    /// <param name="classes">Outputs.</param>
    /// <param name="activation">f.</param>
    /// <param name="kept">How many values stay in each row.</param>
    /// <param name="random">For the weights, normal with He's variance for the activation's slopes.</param>
    public SparseNet(int inputs, int units, int classes, Activation activation, int kept, RandomSource random)
    {
        (this.activation, this.kept) = (activation, kept);
        (first, second) = (new Linear(inputs, units, random), new Linear(units, classes, random));
        Initializer.GaussianScaled((float)GainOf(activation)).Fill(first.Weight.Value, random);
        Initializer.GaussianScaled((float)GainOf(activation)).Fill(second.Weight.Value, random);
        first.Bias.Value.Clear();
        second.Bias.Value.Clear();
        Parameters = [.. first.Parameters, .. second.Parameters];
    }

    /// <summary>All parameters.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Bias of the hidden units.</summary>
    public Tensor HiddenBias => first.Bias.Value;

    /// <summary>Pre-activations of the last forward pass.</summary>
    public Tensor Pre => pre!;

    /// <summary>Share of the hidden values that are exactly 0 in the last forward pass.</summary>
    public double Zeros
    {
        get
        {
            var zeros = 0;
            foreach (var value in hidden!.Span)
            {
                zeros += value == 0 ? 1 : 0;
            }

            return (double)zeros / hidden.Count;
        }
    }

    /// <summary>Answers, [1, B, classes] for inputs [1, B, inputs].</summary>
    public Tensor Forward(Tensor x)
    {
        var a = pre = first.Forward(x);
        if (hidden is null || !hidden.Shape.SequenceEqual(a.Shape))
        {
            hidden = new Tensor(a.Shape.ToArray());
        }

        activation.Apply(a.Span, hidden.Span);
        KeepLargest();
        return second.Forward(hidden);
    }

    /// <summary>Sets all gradients anew and gives the mean loss.</summary>
    public double LossAndGradients(Batch batch, Loss loss)
    {
        foreach (var parameter in Parameters)
        {
            parameter.Gradient.Clear();
        }

        var output = Forward(batch.Inputs);
        var gradient = new Tensor(output.Shape.ToArray());
        var value = loss.Evaluate(output, batch, gradient);
        var back = second.Backward(gradient)!;
        var a = Pre.Span;
        for (var i = 0; i < back.Count; i++)
        {
            // A value that was not kept passes nothing back.
            back.Span[i] *= kept < first.OutputSize && hidden!.Span[i] == 0 ? 0 : activation.Derivative(a[i]);
        }

        first.Backward(back, needInputGradient: false);
        return value;
    }

    /// <summary>√(2/(1 + slope²)) for ReLU and its leaky relatives keeps the mean square; 1 for tanh.</summary>
    private static double GainOf(Activation activation)
    {
        var slope = activation.Derivative(-1.0);
        return activation is Relu or LeakyRelu ? Math.Sqrt(2 / (1 + (slope * slope))) : 1;
    }

    private void KeepLargest()
    {
        var units = first.OutputSize;
        if (kept >= units)
        {
            return;
        }

        var sorted = new float[units];
        for (var row = 0; row < hidden!.Count / units; row++)
        {
            var values = hidden.Span.Slice(row * units, units);
            values.CopyTo(sorted);
            Array.Sort(sorted);
            var smallest = sorted[units - kept];
            foreach (ref var value in values)
            {
                value = value >= smallest ? value : 0;
            }
        }
    }
}
