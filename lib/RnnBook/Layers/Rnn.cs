namespace RnnBook;

/// <summary>
/// The plain recurrent layer: h_t = f(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh), with any activation f. <see cref="RnnCell"/> is the same, to read.
/// </summary>
public sealed class Rnn : RecurrentLayer
{
    /// <summary>Makes a layer with PyTorch's default start: uniform in ±1/√H.</summary>
    /// <param name="inputSize">Inputs of a step, I.</param>
    /// <param name="hiddenSize">Units, H.</param>
    /// <param name="activation">f; null for tanh. The slope of a <see cref="PRelu"/> is learned, starting from the one given.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    public Rnn(int inputSize, int hiddenSize, Activation? activation = null, RandomSource? random = null)
        : base(inputSize, hiddenSize, [new GateBlock(0, 0)], random)
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

    internal override bool KeepsNet => Kind == ActivationKind.Other;

    internal override bool HasDirectPath => Residual;

    /// <summary>With a shortcut f(z) cannot be read off the state: z is kept, as for an f whose derivative, or whose slope's, needs it.</summary>
    private ActivationKind Kind => Residual || Activation is PRelu ? ActivationKind.Other : Activation.Kind;

    /// <inheritdoc/>
    public override string ToString() => $"Rnn: {InputSize} → {HiddenSize}, {Activation.Name}{(Residual ? ", residual" : "")}";

    internal override void StepForward(ForwardPass pass, int t, int first, int rows)
    {
        var z = pass.NetOf(t, first, rows);
        if (Kind == ActivationKind.Other)
        {
            Apply(pass, t, first, rows, derivative: false);
            z = pass.Function.Block(first, rows);
            if (Residual)
            {
                pass.Kernels.Add(z, pass.StateBefore(t, first, rows));
            }
        }

        pass.Kernels.RnnForward(Kind, Activation.Slope, z, pass.StateAfter(t, first, rows), HiddenSize);
    }

    internal override int StepBackward(BackwardPass back, int t, int netRow, int first, int rows)
    {
        var pass = back.Forward;
        var h = pass.StateAfter(t, first, rows);
        if (Kind == ActivationKind.Other)
        {
            if (Activation is PRelu)
            {
                AddSlopeGradients(back, t, first, rows);
            }

            Apply(pass, t, first, rows, derivative: true);
            h = pass.Function.Block(first, rows);
            if (Residual)
            {
                pass.Kernels.Copy(back.Direct.Block(first, rows), back.StateGradient.Block(first, rows));
            }
        }

        return pass.Kernels.RnnBackward(
            Kind, Activation.Slope, h, back.StateGradient.Block(first, rows), back.NetGradient.Block(netRow, rows), FlushBelow, HiddenSize);
    }

    internal override void AddOwnGradients(BackwardPass back)
    {
        if (Activation is PRelu prelu)
        {
            prelu.Weight.Gradient[0] += (float)back.SlopeGradients.Sum();
        }
    }

    /// <summary>∂L/∂slope of each sequence by itself: their sum does not depend on which thread had which.</summary>
    private static void AddSlopeGradients(BackwardPass back, int t, int first, int rows)
    {
        for (var panel = 0; panel < back.Forward.UnitPanels; panel++)
        {
            for (var row = first; row < first + rows; row++)
            {
                var z = back.Forward.Net.Lanes(back.Forward.NetRow(t) + row, panel);
                back.SlopeGradients[row] += PRelu.SlopeGradient(z, back.StateGradient.Lanes(row, panel));
            }
        }
    }

    /// <summary>f(z) or f′(z) of a step.</summary>
    private void Apply(ForwardPass pass, int t, int first, int rows, bool derivative)
    {
        for (var panel = 0; panel < pass.UnitPanels; panel++)
        {
            var source = pass.Net.Lanes(pass.NetRow(t) + first, panel, rows);
            var target = pass.Function.Lanes(first, panel, rows);
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
