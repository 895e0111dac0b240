namespace RnnBook;

/// <summary>
/// How often does training diverge if nobody tunes it? Two hundred random settings of rate and input weights, the same for every network,
/// each with and without a clip (P5, P12, E10; after Collins, Sohl-Dickstein and Sussillo, 2017, arXiv 1611.09913).
/// </summary>
public sealed class StabilityStudy : Study
{
    private static readonly string[] Clips = ["none", "1"];

    private const int Settings = 200, Length = 100, Updates = 300;

    /// <summary>The networks.</summary>
    public static IReadOnlyList<string> Nets { get; } = ["IRNN", "np-RNN", "tanh, Gaussian", "GRU", "LSTM"];

    /// <inheritdoc/>
    public override string Name => "stability";

    /// <inheritdoc/>
    public override string Question => "How often does training diverge at random settings, with and without a clip?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["P5", "P12", "E10"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from net in Nets
           from clip in Clips
           from seed in Enumerable.Range(0, Settings)
           select new RunKey(("net", net), ("clip", clip), ("seed", 1000UL + (ulong)seed)),
    ];

    /// <inheritdoc/>
    public override double Cost(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Text("net") is "GRU" or "LSTM" ? 4 : 1;
    }

    /// <summary>
    /// The setting of a seed: optimizer (Adam or gradient descent), rate (10⁻⁴ to 10⁻¹ for Adam, ten times that for gradient descent) and
    /// standard deviation of the input weights (10⁻³ to 1), the last two even on a log axis.
    /// </summary>
    public static (bool Adam, double Rate, double InputStd) SettingOf(ulong seed)
    {
        var random = new RandomSource(seed).Fork(1);
        var adam = random.NextDouble() < 0.5;
        return (adam, Math.Pow(10, random.NextUniform(-4, -1)) * (adam ? 1 : 10), Math.Pow(10, random.NextUniform(-3, 0)));
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var (adam, rate, inputStd) = SettingOf(key.Seed);
        var random = new RandomSource(key.Seed);
        var layer = Contestant.Named(key.Text("net")) is var net && net.Name is "LSTM" or "GRU"
            ? net.Make(2, RaceStudy.HiddenSize, net.Name == "LSTM" ? "b 1" : "usual", Length, random)
            : net.Make(2, RaceStudy.HiddenSize, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"σ {inputStd:R}"), Length, random);
        var task = new AddingProblem(Length);
        Optimizer optimizer = adam ? new Adam((float)rate) : new Sgd((float)rate);
        var trainer = new Trainer(new SequenceModel(layer, new Linear(RaceStudy.HiddenSize, 1, random)), task, optimizer)
        {
            BatchSize = RaceStudy.BatchSize,
            ClipNorm = key.Text("clip") == "none" ? null : 1,
            Seed = key.Seed,
            EvaluateEvery = Updates,
            TestSize = 64,
        };
        var history = Training.Run(trainer, Updates, watch);
        var peak = history.Outcome == TrainingOutcome.Diverged ? double.PositiveInfinity : history.Losses.Skip(100).DefaultIfEmpty(0).Max() / task.Baseline;
        return new RunOutcome(history.Outcome == TrainingOutcome.Diverged ? "diverged" : peak > 10 ? "unstable" : "steady")
        {
            Updates = history.Updates,
            Measures = [("peak-loss", peak), ("rate", rate), ("input-std", inputStd), ("adam", adam ? 1 : 0)],
            Head = RunOutcome.HeadOf(history.Losses),
        };
    }
}
