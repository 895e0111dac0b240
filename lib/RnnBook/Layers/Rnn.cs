namespace RnnBook;

/// <summary>The plain recurrent layer: h_t = f(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh), with any activation f.</summary>
public sealed class Rnn : RecurrentLayer
{
    private readonly Strips function = new();
    private double[] slopeGradients = [];

    /// <summary>Makes a layer with PyTorch's default start: uniform in ±1/√H.</summary>
    /// <param name="inputSize">Inputs of a step, I.</param>
    /// <param name="hiddenSize">Units, H.</param>
    /// <param name="activation">f; null for tanh. The slope of a <see cref="PRelu"/> is learned, starting from the one given.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    public Rnn(int inputSize, int hiddenSize, Activation? activation = null, RandomSource? random = null)
        : base(inputSize, hiddenSize, [new Part(0, 0)], random)
    {
        Activation = (activation ?? Activation.Tanh).ForLayer();
        if (Activation is PRelu prelu)
        {
            Parameters = [.. Parameters, prelu.Weight.Renamed("slope_l0")];
        }
    }

    /// <summary>f. A <see cref="PRelu"/> is the layer's own copy, its slope the parameter "slope_l0".</summary>
    public Activation Activation { get; }

    /// <summary>Whether the layer has a shortcut: h_t = h_{t−1} + f(…).</summary>
    public bool Residual { get; init; }

    private protected override bool KeepsNet => Kind == ActivationKind.Other;

    private protected override bool HasDirectPath => Residual;

    /// <summary>With a shortcut f(z) cannot be read off the state: z is kept, as for an f whose derivative, or whose slope's, needs it.</summary>
    private ActivationKind Kind => Residual || Activation is PRelu ? ActivationKind.Other : Activation.Kind;

    /// <inheritdoc/>
    public override string ToString() => $"Rnn: {InputSize} → {HiddenSize}, {Activation.Name}{(Residual ? ", residual" : "")}";

    private protected override void PrepareForward() => function.Resize(Width, Batch, HiddenSize);

    private protected override void StepForward(int t, int first, int rows)
    {
        var row = (t * Batch) + first;
        var z = new Rows(net, NetRow(t) + first);
        if (Kind == ActivationKind.Other)
        {
            Apply(z, first, rows, derivative: false);
            z = new Rows(function, first);
            if (Residual)
            {
                Kernels.Add(z, new Rows(state, row), rows, UnitStrips);
            }
        }

        Kernels.RnnForward(Kind, Activation.Slope, z, new Rows(state, row + Batch), rows, HiddenSize);
    }

    private protected override int StepBackward(int t, Rows stateGradient, Rows direct, Rows netGradient, int first, int rows)
    {
        var h = new Rows(state, ((t + 1) * Batch) + first);
        if (Kind == ActivationKind.Other)
        {
            var z = new Rows(net, NetRow(t) + first);
            if (Activation is PRelu)
            {
                AddSlopeGradients(z, stateGradient, first, rows);
            }

            Apply(z, first, rows, derivative: true);
            h = new Rows(function, first);
            if (Residual)
            {
                Kernels.Copy(direct, stateGradient, rows, UnitStrips);
            }
        }

        return Kernels.RnnBackward(Kind, Activation.Slope, h, stateGradient, netGradient, FlushBelow, rows, HiddenSize);
    }

    private protected override void PrepareBackward()
    {
        if (Activation is PRelu)
        {
            Array.Resize(ref slopeGradients, Batch);
            Array.Clear(slopeGradients);
        }
    }

    private protected override void EndCell()
    {
        if (Activation is PRelu prelu)
        {
            prelu.Weight.Gradient[0] += (float)slopeGradients.Sum();
        }
    }

    /// <summary>∂L/∂slope of each sequence by itself: their sum does not depend on which thread had which.</summary>
    private unsafe void AddSlopeGradients(Rows z, Rows stateGradient, int first, int rows)
    {
        for (var strip = 0; strip < UnitStrips; strip++)
        {
            for (var row = 0; row < rows; row++)
            {
                slopeGradients[first + row] += PRelu.SlopeGradient(
                    new(z.Strip(strip) + (row * Width), Width), new(stateGradient.Strip(strip) + (row * Width), Width));
            }
        }
    }

    /// <summary>f(z) or f′(z) into <c>function</c>, strip by strip.</summary>
    private unsafe void Apply(Rows z, int first, int rows, bool derivative)
    {
        for (var strip = 0; strip < UnitStrips; strip++)
        {
            var source = new ReadOnlySpan<float>(z.Strip(strip), rows * Width);
            var target = new Span<float>(function.At(first, strip), rows * Width);
            if (derivative)
            {
                Activation.ApplyDerivative(source, target);
            }
            else
            {
                Activation.Apply(source, target);
            }
        }
    }
}
