namespace RnnBook;

/// <summary>
/// How much of the gradient does one step back in time keep, before any training? Every activation over the gain of the recurrent matrix and
/// the size of the input: a map, because a single pair of settings can show either sign (A4, B3, A10).
/// </summary>
public sealed class GradientMapStudy : Study
{
    private const int HiddenSize = 64, Length = 40, BatchSize = 16, Seeds = 10;

    /// <summary>The activations.</summary>
    public static IReadOnlyList<string> Nets { get; } = ["ReLU", "Leaky ReLU", "PReLU", "ELU", "tanh", "sigmoid", "linear"];

    /// <summary>Gains of W_hh, which is Gaussian with entries of standard deviation gain/√H.</summary>
    public static IReadOnlyList<double> Gains { get; } = [0.5, 0.7, 1, 1.4, 2, 2.8];

    /// <summary>Standard deviations of what the input adds to a pre-activation.</summary>
    public static IReadOnlyList<double> InputScales { get; } = [0.01, 0.1, 0.3, 1, 3, 10];

    /// <summary>Gains of the map that is drawn: the above and some between and beyond.</summary>
    public static IReadOnlyList<double> MapGains { get; } = [0.5, 0.6, 0.7, 0.85, 1, 1.2, 1.4, 1.7, 2, 2.4, 2.8, 3.4, 4];

    /// <summary>Input scales of the map that is drawn: the above and some between.</summary>
    public static IReadOnlyList<double> MapScales { get; } = [0.01, 0.02, 0.03, 0.06, 0.1, 0.2, 0.3, 0.6, 1, 2, 3, 6, 10];

    /// <inheritdoc/>
    public override string Name => "gradient-map";

    /// <inheritdoc/>
    public override string Question => "How much of the gradient does one step back in time keep, over gain, input scale and activation?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["A4a", "A4b", "B3", "A10b"];

    /// <summary>Ten networks at every place where a claim is judged, one at the other places of the map.</summary>
    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from net in Nets
           from gain in MapGains
           from scale in MapScales
           let seeds = Gains.Contains(gain) && InputScales.Contains(scale) ? Seeds : 1
           from seed in Enumerable.Range(0, seeds)
           select new RunKey(("net", net), ("gain", gain), ("scale", scale), ("seed", 1000UL + (ulong)seed)),
    ];

    /// <summary>
    /// One untrained network, white noise at its input, a random gradient at its last state. The measure is the factor by which a step back
    /// changes ‖∂L/∂h‖: geometric mean over the steps 4 to 14 from the end, where the start of the sequence is forgotten and a float still holds the norm. The same seed gives
    /// every activation the same W_hh, input and gradient.
    /// </summary>
    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        var random = new RandomSource(key.Seed);
        var rnn = new Rnn(HiddenSize, HiddenSize, Function(key.Text("net")), random)
            .StartFrom(random, Initializer.GaussianScaled((float)key.Number("gain")), Initializer.Identity((float)key.Number("scale")));
        var input = new Tensor(Length, BatchSize, HiddenSize);
        Initializer.Gaussian(1).Fill(input, random);
        var end = new Tensor(Length, BatchSize, HiddenSize);
        foreach (ref var gradient in end.Slice(Length - 1))
        {
            gradient = (float)random.NextGaussian();
        }

        rnn.RecordStateGradients = true;
        rnn.Forward(input);
        rnn.Backward(end);
        double Log(int t) => Math.Log10(Norm(rnn.StateGradients!.Slice(t)));
        var (late, early) = (Log(Length - 4), Log(Length - 14));
        return new RunOutcome("measured") { Measures = [("log10-kept", double.IsNegativeInfinity(early) ? early : (early - late) / 10)] };
    }

    /// <summary>The activation of a name in <see cref="Nets"/>.</summary>
    internal static Activation Function(string net) => net switch
    {
        "ReLU" => Activation.Relu,
        "Leaky ReLU" => Activation.LeakyRelu,
        "PReLU" => Activation.PRelu,
        "ELU" => Activation.Elu,
        "tanh" => Activation.Tanh,
        "sigmoid" => Activation.Sigmoid,
        _ => Activation.Identity,
    };

    internal static double Norm(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum);
    }
}
