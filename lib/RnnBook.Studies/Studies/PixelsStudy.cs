namespace RnnBook;

/// <summary>
/// The experiment of the IRNN's paper (Le, Jaitly and Hinton, 2015, arXiv 1504.00941): read an MNIST digit pixel by pixel, row after row or in a
/// fixed random order, and name it after the last. As "pixels" a small one that is recorded with the book, images averaged to 14×14 pixels, 196
/// steps; as "pixels-whole" with its whole images, 784 steps, and its 100 units, but few updates; as "pixels-784" with its million, for who has
/// the days (A11, and C9b).
/// </summary>
/// <remarks>
/// Each network tries two starts and several rates, the small study more and more until the best lies inside, on a developing seed, in the order of
/// rows, by Adam, and keeps the setting for the random order. The identity is trained by plain gradient descent and by RMSProp too. Beside them a
/// ReLU network that reads whole rows, and a linear classifier. In "pixels-whole", where a run takes a minute or two, all five try five rates by
/// Adam, those with gates ten times larger ones: in the small study their best was the largest.
/// </remarks>
public sealed class PixelsStudy : Study
{
    /// <summary>Sequences in a batch.</summary>
    public const int BatchSize = 16;

    private static readonly GridAxis ForAdam = GridAxis.Rate(1e-3, 3e-3), ForAdamWhole = GridAxis.Rate(3e-5, 3e-3).ThatStays,
        ForGatesWhole = GridAxis.Rate(3e-4, 3e-2).ThatStays,
        ForDescent = GridAxis.Rate(0.03, 1), ForRmsProp = GridAxis.Rate(3e-4, 1e-2), ForQuick = GridAxis.Rate(1e-3, 1e-2);

    private readonly int side;
    private readonly int seeds;
    private readonly IReadOnlyList<(string Net, string Optimizer)> cases;

    private PixelsStudy(string name, int side, int hiddenSize, int updates, int seeds, IReadOnlyList<(string Net, string Optimizer)> cases) =>
        (Name, this.side, HiddenSize, Updates, this.seeds, this.cases) = (name, side, hiddenSize, updates, seeds, cases);

    /// <summary>The networks that read pixel by pixel.</summary>
    public static IReadOnlyList<string> Nets { get; } = ["IRNN", "np-RNN", "tanh, orthogonal", "GRU", "LSTM"];

    /// <summary>14×14 pixels, 196 steps, 32 units, 500 updates, ten confirming seeds (five where nothing is judged).</summary>
    public static PixelsStudy Small { get; } = new("pixels", 14, 32, 500, 10, AllCases);

    /// <summary>28×28 pixels, 784 steps, 100 units, 2,500 updates, three confirming seeds: the paper's task and network, early in its training.</summary>
    public static PixelsStudy Whole { get; } =
        new("pixels-whole", 28, 100, 2500, 3, ByAdam);

    /// <summary>28×28 pixels, 784 steps, 100 units, a million updates, three confirming seeds: the paper's size. Not recorded with the book.</summary>
    public static PixelsStudy Full { get; } = new("pixels-784", 28, 100, 1_000_000, 3, AllCases);

    private static IReadOnlyList<(string Net, string Optimizer)> ByAdam => [.. Nets.Select(net => (net, "Adam"))];

    private static IReadOnlyList<(string Net, string Optimizer)> AllCases =>
        [.. ByAdam, ("IRNN", "SGD"), ("IRNN", "RMSProp"), ("ReLU, row by row", "Adam"), ("linear, all pixels", "Adam")];

    /// <summary>Units of each layer.</summary>
    public int HiddenSize { get; }

    /// <summary>Updates of every run that reads pixel by pixel.</summary>
    public int Updates { get; }

    private bool IsSmall => side == 14;

    /// <summary>The first confirming seed: in the small study those from 1000 on were used when the rates were two to four.</summary>
    private int FirstSeed => IsSmall ? 2000 : 1000;

    /// <summary>Updates of the two that read whole rows and whole images: they take a hundredth of the time.</summary>
    public static int QuickUpdates => 3000;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Question => $"Who names a digit of {side}×{side} pixels that is shown pixel by pixel, in {side * side} steps?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => IsSmall ? ["A11", "C9b"] : [];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var contests = cases.GroupBy(c => Rates(c))
            .Select(contest => Tuning.Plan(recorded, [.. from c in contest from start in Starts(c.Net) select Key(c.Net, start, c.Optimizer)], contest.Key))
            .ToList();
        var chosen = contests.SelectMany(contest => contest.Chosen ?? []).Select(choice => choice.Setting).ToList();
        var permuted = chosen.Where(key => key.Text("optimizer") == "Adam" && key.Text("net") is "IRNN" or "LSTM").Select(key => key.With("order", "permuted"));
        return
        [
            .. contests.SelectMany(contest => contest.Runs),
            .. chosen.Concat(permuted).SelectMany(key => Enumerable.Range(0, Seeds(key)).Select(i => key.With("seed", FirstSeed + i))),
        ];
    }

    /// <inheritdoc/>
    public override Tuning Tuning { get; } = new(["net", "optimizer"], run => 1 - run["mean-accuracy"]) { Seeds = [1], Hopeless = 0.89 };

    /// <summary>The best setting of a net and an optimizer, by its accuracy at the end of tuning, with seed 1; null without such runs.</summary>
    public static RunKey? Chosen(StudyResults recorded, string net, string optimizer = "Adam")
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return Small.Tuning.Chosen(recorded, net, optimizer);
    }

    /// <summary>The confirming runs of a net, an optimizer and an order at the chosen setting, by seed.</summary>
    public static IReadOnlyList<RunRecord> Confirming(StudyResults recorded, string net, string optimizer = "Adam", string order = "rows")
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var setting = Chosen(recorded, net, optimizer)?.With("order", order).Without("seed");
        return recorded.Confirming(key => key.Without("seed").Equals(setting));
    }

    /// <inheritdoc/>
    public override double Cost(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Text("net") switch
        {
            "LSTM" => 4,
            "GRU" => 3.5,
            "linear, all pixels" or "ReLU, row by row" => 0.1,
            _ => 1,
        };
    }

    /// <summary>The network of a key as it starts.</summary>
    /// <param name="key">net, start, seed.</param>
    /// <param name="task">What it reads.</param>
    public IModel Start(RunKey key, DigitTask task)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(task);
        var (net, random) = (key.Text("net"), new RandomSource(key.Seed));
        if (net == "linear, all pixels")
        {
            return new FeedForward([task.InputSize, task.OutputSize], Activation.Relu, random);
        }

        var layer = Contestant.Named(net == "ReLU, row by row" ? "IRNN" : net)
            .Make(task.InputSize, HiddenSize, key.Text("start"), task.SequenceLength, random);
        return new SequenceModel(layer, new Linear(HiddenSize, task.OutputSize, random));
    }

    /// <summary>The training behind a key, so that a cell can change it.</summary>
    public static Trainer Trainer(RunKey key, IModel model, DigitTask task)
    {
        ArgumentNullException.ThrowIfNull(key);
        var rate = (float)key.Number("rate");
        return new Trainer(model, task, key.Text("optimizer") switch
        {
            "SGD" => new Sgd(rate),
            "RMSProp" => new RmsProp(rate),
            _ => new Adam(rate),
        })
        {
            BatchSize = BatchSize,
            ClipNorm = 1,
            Seed = key.Seed,
            EvaluateEvery = 50,
            TestSize = 256,
        };
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var pixels = key.Text("net") switch
        {
            "linear, all pixels" => side * side,
            "ReLU, row by row" => side,
            _ => 1,
        };
        var task = new MnistDigits(side, key.Text("order") == "permuted", pixels);
        var history = Training.Run(Trainer(key, Start(key, task), task), pixels == 1 ? Updates : QuickUpdates, watch);
        var diverged = history.Outcome == TrainingOutcome.Diverged;
        var accuracy = diverged ? 0.1 : history.Last.Accuracy;
        return new RunOutcome(diverged ? "diverged" : accuracy >= 0.5 ? "learned" : "not learned")
        {
            Updates = history.Updates,
            Measures =
            [
                ("accuracy", accuracy), ("mean-accuracy", diverged ? 0.1 : history.Points.Skip(1).Average(p => p.Accuracy)),
                ("seconds-an-update", history.Seconds / Math.Max(1, history.Updates)),
            ],
            Head = RunOutcome.HeadOf(history.Losses),
            Curves = [new RunCurve("accuracy", [.. history.Points.Select(p => ((double)p.Update, p.Accuracy))]).Thinned(50)],
        };
    }

    /// <summary>Confirming seeds of a setting: all where networks are compared by pairs, half where they are only shown.</summary>
    private int Seeds(RunKey key) => key.Text("optimizer") == "Adam" && key.Text("net") is not ("np-RNN" or "tanh, orthogonal" or "GRU")
        && (IsSmall || key.Text("order") == "rows")
        ? seeds
        : (seeds + 1) / 2;

    private static string[] Starts(string net) => net switch
    {
        "LSTM" => ["b 1", "chrono"],
        "GRU" => ["usual", "chrono"],
        "linear, all pixels" => ["usual"],
        _ => ["σ 0.02", "σ 0.2"],
    };

    /// <summary>What a case tries, together with those that it is compared with. A run of the whole images takes too long for a grid that grows.</summary>
    private GridAxis Rates((string Net, string Optimizer) c) => c switch
    {
        (_, "SGD") => ForDescent,
        (_, "RMSProp") => ForRmsProp,
        ("ReLU, row by row" or "linear, all pixels", _) => ForQuick,
        _ when IsSmall => ForAdam,
        ("GRU" or "LSTM", _) => ForGatesWhole,
        _ => ForAdamWhole,
    };

    private RunKey Key(string net, string start, string optimizer) => new(
        ("digits", $"MNIST {side}×{side}"), ("order", "rows"), ("net", net), ("start", start), ("optimizer", optimizer), ("rate", 0), ("seed", 1));
}
