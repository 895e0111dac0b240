namespace RnnBook;

/// <summary>
/// How deep a net can each activation train, and how fast? Feed-forward nets of 2 to 16 hidden layers on drawn digits; each activation from its
/// usual start and from its best-known one, each with its best rate (C1, D2, A16).
/// </summary>
/// <remarks>
/// Sigmoid's best-known start is the centred one: four times tanh's weights and a bias that takes its mean away, so that at the start it
/// computes what tanh computes.
/// </remarks>
public sealed class DepthStudy : Study
{
    private const int Width = 64, BatchSize = 32, Updates = 800, EvaluateEvery = 20, Seeds = 20;

    /// <summary>Activations with their starts: uniform in ±1/√inputs ("usual"), He's, Glorot's, or centred.</summary>
    public static IReadOnlyList<string> Nets { get; } =
        ["ReLU, He", "ReLU, usual", "tanh, Glorot", "tanh, usual", "sigmoid, Glorot", "sigmoid, usual", "sigmoid, centred"];

    /// <summary>Numbers of hidden layers.</summary>
    public static IReadOnlyList<int> Depths { get; } = [2, 4, 8, 16];

    /// <inheritdoc/>
    public override string Name => "depth";

    /// <inheritdoc/>
    public override string Question => "How deep a feed-forward net does each activation train, and how fast, from its best-known start?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["C1a", "C1b", "C1c", "D2", "A16a", "A16c"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from depth in Depths
           from key in Tuning.ThenConfirmed(recorded, Nets.Select(net => Key(net, depth)), Seeds, FirstSeed(depth), GridAxis.Rate(1e-4, 3e-2))
           select key,
    ];

    /// <inheritdoc/>
    public override Tuning Tuning { get; } = new(["depth", "net"], run => run["mean-error"]) { Hopeless = 0.81 };

    /// <summary>Confirming runs of a net at a depth, by seed.</summary>
    public static IReadOnlyList<RunRecord> Confirming(StudyResults recorded, string net, int depth)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Confirming(key => key.Text("net") == net && key.Whole("depth") == depth);
    }

    /// <inheritdoc/>
    public override double Cost(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Number("depth") + 3;
    }

    /// <summary>A net as it starts.</summary>
    public static FeedForward Start(string net, int depth, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(net);
        var f = GradientMapStudy.Function(net.Split(',')[0]);
        var made = new FeedForward([DigitNet.Pixels, .. Enumerable.Repeat(Width, depth), DigitNet.Classes], f, random);
        return net.Split(", ")[1] switch
        {
            "He" => made.StartFrom(random, Initializer.HeNormal()),
            "Glorot" => made.StartFrom(random, Initializer.GlorotNormal()),
            "centred" => made.StartFrom(random, Initializer.GlorotNormal()).CentreSigmoid(),
            _ => made,
        };
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var task = DigitNet.Task();
        var net = Start(key.Text("net"), key.Whole("depth"), new RandomSource(key.Seed));
        var (adam, draws, batch) = (new Adam((float)key.Number("rate")), new RandomSource(key.Seed + 7), task.NewBatch(BatchSize));
        var unseen = task.TestBatch(500, 0x7E57);
        net.RecordGradientNorms = true;
        task.Fill(batch, draws);
        net.LossAndGradients(batch, task.Loss);
        var kept = net.GradientNorms[0] / net.GradientNorms[^1];
        net.RecordGradientNorms = false;

        var (losses, points, reached, diverged) = (new List<double>(), new List<(double, double)>(), double.PositiveInfinity, false);
        for (var update = 1; update <= Math.Min(Updates, watch.MostUpdates ?? Updates) && !diverged; update++)
        {
            watch.Cancellation.ThrowIfCancellationRequested();
            task.Fill(batch, draws);
            losses.Add(net.LossAndGradients(batch, task.Loss));
            diverged = !double.IsFinite(losses[^1]) || !double.IsFinite(GradientClip.ByGlobalNorm(net.Parameters, 1));
            if (!diverged)
            {
                adam.Step(net.Parameters);
            }

            if (!diverged && update % EvaluateEvery == 0)
            {
                var accuracy = DigitNet.Accuracy(task, net, unseen);
                points.Add((update, accuracy));
                reached = accuracy >= 0.8 ? Math.Min(reached, update) : reached;
            }
        }

        var end = diverged || points.Count == 0 ? 0.1 : points[^1].Item2;
        return new RunOutcome(diverged ? "diverged" : double.IsFinite(reached) ? "learned" : "not learned")
        {
            Updates = losses.Count,
            Measures =
            [
                ("kept", kept), ("accuracy", end), ("updates-to-80", reached),
                ("mean-error", diverged || points.Count == 0 ? 1 : points.Average(point => 1 - point.Item2)),
            ],
            Head = RunOutcome.HeadOf(losses),
            Curves = [new RunCurve("accuracy", points).Thinned(20)],
        };
    }

    /// <summary>The first confirming seed: with two layers those from 1000 on were used when the rates ended at 0.03.</summary>
    private static ulong FirstSeed(int depth) => depth == 2 ? 2000UL : 1000;

    private static RunKey Key(string net, int depth) => new(("depth", depth), ("net", net), ("rate", 0), ("seed", 1));
}
