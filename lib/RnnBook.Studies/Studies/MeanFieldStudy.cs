namespace RnnBook;

/// <summary>
/// Can the growth of a gradient be predicted without back-propagating? A mean-field theory for wide random networks gives it from the gain and the
/// activation alone; measured beside it on untrained networks (C7: Poole and others, 2016; Schoenholz and others, 2017).
/// </summary>
/// <remarks>
/// White noise of variance s² at every unit. With q the variance of a pre-activation, q = g²·E[f(√q z)²] + s², z normal: its fixed point gives
/// χ = g²·E[f′(√q z)²], and ‖∂L/∂h‖ changes by √χ with each step back. For ReLU χ = g²/2 whatever q is: ln g + ½ ln ½.
/// </remarks>
public sealed class MeanFieldStudy : Study
{
    private const int HiddenSize = 256, Length = 60, Seeds = 10;

    private const double InputScale = 0.3;

    /// <summary>The activations.</summary>
    public static IReadOnlyList<string> Nets { get; } = ["ReLU", "tanh", "sigmoid"];

    /// <summary>Gains; √2 is He's start.</summary>
    public static IReadOnlyList<double> Gains { get; } = [0.7, 1, 1.2, 1.4142135623730951, 1.7, 2];

    /// <inheritdoc/>
    public override string Name => "mean-field";

    /// <inheritdoc/>
    public override string Question => "Does the mean-field theory predict how a gradient grows or fades with each step back?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["C7"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from net in Nets
           from gain in Gains
           from seed in Enumerable.Range(0, Seeds)
           select new RunKey(("net", net), ("gain", gain), ("seed", 1000UL + (ulong)seed)),
    ];

    /// <summary>ln of the factor by which a step back changes ‖∂L/∂h‖, by the theory.</summary>
    /// <param name="net">An activation's name, one of those of the study "gradient-map".</param>
    /// <param name="gain">Gain g of the Gaussian start, at most 4.</param>
    /// <param name="inputScale">Standard deviation s of what the input adds to a pre-activation.</param>
    public static double Predicted(string net, double gain, double inputScale = InputScale)
    {
        var f = GradientMapStudy.Function(net);

        // Where q grows without end it is followed until every activation is straight on both sides.
        var (q, before) = (1.0, 0.0);
        for (var iteration = 0; iteration < 300 && q < 1e12 && Math.Abs(q - before) > 1e-9 * q; iteration++)
        {
            before = q;
            q = (gain * gain * Mean(z => Square(f.Value(Math.Sqrt(q) * z)))) + (inputScale * inputScale);
        }

        return 0.5 * Math.Log(gain * gain * Mean(z => Square(f.Derivative(Math.Sqrt(q) * z))));
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        var random = new RandomSource(key.Seed);
        var rnn = new Rnn(HiddenSize, HiddenSize, GradientMapStudy.Function(key.Text("net")), random)
            .StartFrom(random, Initializer.GaussianScaled((float)key.Number("gain")), Initializer.Identity((float)InputScale));
        var (input, end) = (new Tensor(Length, 8, HiddenSize), new Tensor(Length, 8, HiddenSize));
        Initializer.Gaussian(1).Fill(input, random);
        foreach (ref var gradient in end.Slice(Length - 1))
        {
            gradient = (float)random.NextGaussian();
        }

        rnn.RecordStateGradients = true;
        rnn.Forward(input);
        rnn.Backward(end);
        double Log(int t) => Math.Log(GradientMapStudy.Norm(rnn.StateGradients!.Slice(t)));
        var measured = (Log(Length - 23) - Log(Length - 3)) / 20;
        var predicted = Predicted(key.Text("net"), key.Number("gain"));
        return new RunOutcome("measured") { Measures = [("measured", measured), ("predicted", predicted), ("error", Math.Abs(measured - predicted))] };
    }

    private static double Square(double value) => value * value;

    /// <summary>E[g(z)] for a standard normal z, by the trapezoidal rule over ±8.</summary>
    private static double Mean(Func<double, double> g)
    {
        const int Steps = 2000;
        var sum = 0.0;
        for (var i = 0; i <= Steps; i++)
        {
            var z = -8 + (16.0 * i / Steps);
            sum += g(z) * Math.Exp(-z * z / 2) * (i is 0 or Steps ? 0.5 : 1);
        }

        return sum * 16 / Steps / Math.Sqrt(2 * Math.PI);
    }
}
