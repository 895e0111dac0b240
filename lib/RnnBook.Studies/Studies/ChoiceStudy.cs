namespace RnnBook;

/// <summary>
/// Which recurrent network would you choose? Three kinds, plain with ReLU, plain with tanh, and gated, on four tasks that ask for different things. Each
/// kind has four starts and the same rates to try on two developing seeds, then runs with its best setting on twenty confirming seeds (D19).
/// </summary>
public sealed class ChoiceStudy : Study
{
    /// <summary>Hidden units, sequences in a batch, confirming seeds.</summary>
    public const int HiddenSize = 32, BatchSize = 16, Seeds = 20;

    private static readonly Lazy<MackeyGlass> Series = new(() => new MackeyGlass(sequenceLength: 30, horizon: 10));

    /// <summary>The kinds of network, each with its starts: the best-known ones.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<string> Starts)> Kinds { get; } =
    [
        // Le, Jaitly and Hinton (2015); Talathi and Vartak (2015); Henaff, Szlam and LeCun (2016); He, Zhang, Ren and Sun (2015).
        ("ReLU", ["identity", "np", "orthogonal", "He"]),

        // Saxe, McClelland and Ganguli (2014); scaled Gaussian; PyTorch's own.
        ("tanh", ["identity", "Gaussian", "orthogonal", "usual"]),

        // Jozefowicz, Zaremba and Sutskever (2015); Tallec and Ollivier (2018).
        ("gated", ["LSTM, b 1", "LSTM, chrono", "GRU, usual", "GRU, chrono"]),
    ];

    /// <summary>
    /// The tasks, in a word: a sum over fifty steps, symbols in their order after a delay of twenty, a chaotic series ten steps ahead, drawn digits
    /// row by row.
    /// </summary>
    public static IReadOnlyList<string> Tasks { get; } = ["adding", "copy", "series", "digits"];

    /// <summary>The target of each task, as a share of the error of who knows nothing; chosen on developing seeds.</summary>
    public static IReadOnlyDictionary<string, double> Targets { get; } =
        new Dictionary<string, double> { ["adding"] = 0.1, ["copy"] = 0.8, ["series"] = 0.01, ["digits"] = 0.3 };

    /// <inheritdoc/>
    public override string Name => "choice";

    /// <inheritdoc/>
    public override string Question => "Plain with ReLU, plain with tanh, or gated: which network serves best, over four tasks?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["D19a", "D19b"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from task in Tasks
           let starts = from kind in Kinds from start in kind.Starts select Key(task, kind.Name, start)
           from key in Tuning.ThenConfirmed(recorded, starts, Seeds, FirstSeed(task), GridAxis.Rate(1e-3, 3e-2))
           select key,
    ];

    /// <inheritdoc/>
    public override Tuning Tuning => ByEnd;

    private static Tuning ByEnd { get; } = new(["task", "kind"], End) { Hopeless = Tuning.NearBaseline };

    /// <summary>The setting that developing seeds gave to a kind on a task, with seed 1: that with the smallest mean of <see cref="End"/>; null without such runs.</summary>
    public static RunKey? Chosen(StudyResults recorded, string task, string kind)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return ByEnd.Chosen(recorded, task, kind);
    }

    /// <summary>Confirming runs of a kind on a task, by seed.</summary>
    public static IReadOnlyList<RunRecord> Confirming(StudyResults recorded, string task, string kind)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Confirming(key => key.Text("task") == task && key.Text("kind") == kind);
    }

    /// <summary>log10 of the test error in baselines, mean of the last five evaluations; 2 for a run that diverged.</summary>
    public static double End(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Math.Min(run["log-end"], 2);
    }

    /// <summary>Whether a run ended at the target of its task or below.</summary>
    public static bool HasLearned(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return End(run) <= Math.Log10(Targets[run.Key.Text("task")]);
    }

    /// <summary>After how many updates a run first met the target of its task; ∞ if it never did.</summary>
    public static double UpdatesToTarget(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var target = Targets[run.Key.Text("task")];
        return run.Curve("error").Where(point => point.Value <= target).Select(point => point.At).FirstOrDefault(double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public override double Cost(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return (key.Text("task") == "adding" ? 2 : 1) * (key.Text("kind") == "gated" ? 3 : 1);
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var history = Training.Run(Trainer(key), Task(key.Text("task")).Updates, watch);
        var diverged = history.Outcome == TrainingOutcome.Diverged;
        var end = diverged ? double.PositiveInfinity : history.Points.TakeLast(5).Average(p => Math.Log10(p.TestError / history.Baseline));
        return new RunOutcome(diverged ? "diverged" : "measured")
        {
            Updates = history.Updates,
            Measures = [("log-end", end)],
            Head = RunOutcome.HeadOf(history.Losses),
            Curves = [new RunCurve("error", [.. history.Points.Select(p => ((double)p.Update, p.TestError / history.Baseline))])],
        };
    }

    /// <summary>The training behind a key, so that a cell can change it.</summary>
    /// <param name="key">task, kind, start, rate, seed.</param>
    public static Trainer Trainer(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (task, updates) = Task(key.Text("task"));
        var random = new RandomSource(key.Seed);
        var layer = Layer(task, key.Text("kind"), key.Text("start"), random);
        var model = new SequenceModel(layer, new Linear(HiddenSize, task.OutputSize, random), task.EveryStep);
        return new Trainer(model, task, new Adam((float)key.Number("rate")))
        {
            BatchSize = BatchSize,
            ClipNorm = 1,
            Seed = key.Seed,
            EvaluateEvery = updates / 20,
            TestSize = 256,
        };
    }

    private static RecurrentLayer Layer(SequenceTask task, string kind, string start, RandomSource random)
    {
        if (kind == "gated")
        {
            var longest = Math.Max(3, task.SequenceLength);
            return start switch
            {
                "LSTM, b 1" => new Lstm(task.InputSize, HiddenSize, random).SetForgetBias(1),
                "LSTM, chrono" => new Lstm(task.InputSize, HiddenSize, random).SetChronoBiases(random, longest),
                "GRU, usual" => new Gru(task.InputSize, HiddenSize, random),
                _ => new Gru(task.InputSize, HiddenSize, random).SetChronoBiases(random, longest),
            };
        }

        var rnn = new Rnn(task.InputSize, HiddenSize, kind == "ReLU" ? Activation.Relu : Activation.Tanh, random);
        return start == "usual" ? rnn : rnn.StartFrom(
            random,
            start switch
            {
                "identity" => Initializer.Identity(),
                "np" => Initializer.NormalizedPositiveDefinite(),
                "orthogonal" => Initializer.Orthogonal(),
                "He" => Initializer.HeNormal(),
                _ => Initializer.GaussianScaled(),
            },
            Initializer.Gaussian(0.2f));
    }

    /// <summary>A task by its word, with the updates of a run.</summary>
    private static (SequenceTask Task, int Updates) Task(string name) => name switch
    {
        "adding" => (new AddingProblem(50), 1000),
        "copy" => (new CopyMemory(delay: 20, symbols: 8, length: 3), 1000),
        "series" => (Series.Value, 1000),
        "digits" => (new StrokeDigits(side: 14, pixelsPerStep: 14), 800),
        _ => throw new ArgumentException($"No task \"{name}\": there are {string.Join(", ", Tasks)}.", nameof(name)),
    };

    /// <summary>
    /// The first confirming seed: those from 1000 on have trained these networks in other studies, those from 2000 on were used for copying
    /// when the rates were four.
    /// </summary>
    private static ulong FirstSeed(string task) => task == "copy" ? 3000UL : 2000;

    private static RunKey Key(string task, string kind, string start) =>
        new(("task", task), ("kind", kind), ("start", start), ("rate", 0), ("seed", 1));
}
