namespace RnnBook;

/// <summary>
/// Article B's program on two chaotic series, one step and several steps ahead, with tanh and with ReLU, against persistence and linear
/// autoregression; and recurrent networks on speech and on a film, against linear answers (B12, A11, E15).
/// </summary>
public sealed class SeriesStudy : Study
{
    private const int Seeds = 10, Windows = 1000;

    private static readonly Lazy<FixedTrainingSet> Voices = new(() => new FixedTrainingSet(new FormantVowels(), 100));

    /// <summary>The rate that the program names: Adam's default.</summary>
    public const double ProgramRate = 1e-3;

    /// <summary>Tasks that the program forecasts: a series and how far ahead.</summary>
    public static IReadOnlyList<string> Forecasts { get; } = ["Mackey–Glass, 1", "Mackey–Glass, 10", "Lorenz, 1", "Lorenz, 5"];

    /// <summary>Tasks that a recurrent layer names: vowels, and which way a digit moves.</summary>
    public static IReadOnlyList<string> Sequences { get; } = ["vowels", "film"];

    /// <inheritdoc/>
    public override string Name => "series";

    /// <inheritdoc/>
    public override string Question => "Do recurrent networks forecast series, name vowels and read films better than the best linear answer?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["B12", "A11", "E15"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var plan = new List<RunKey>();
        foreach (var task in Forecasts.Concat(Sequences))
        {
            var (runs, chosen) = Rated.Plan(recorded, [.. Nets(task).Select(net => Key(task, net, 0, 1))], GridAxis.Rate(3e-4, 1e-2));
            plan.AddRange(runs);

            // The program's own rate is always confirmed, the best one beside it.
            plan.AddRange(from best in chosen ?? []
                          let own = Forecasts.Contains(task) ? new[] { best.Setting.With("rate", ProgramRate) } : []
                          from setting in own.Prepend(best.Setting).Distinct()
                          from seed in Enumerable.Range(0, Seeds)
                          select setting.With("seed", FirstSeed(task) + (ulong)seed));
        }

        return plan;
    }

    /// <inheritdoc/>
    public override Tuning Tuning => Rated;

    private static Tuning Rated { get; } = new(["task", "net"], run => Math.Log(run["error"]));

    /// <summary>The rate with the smallest mean logarithm of the error on the developing seeds; null without such runs.</summary>
    public static double? Best(StudyResults recorded, string task, string net)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return Rated.Chosen(recorded, task, net)?.Number("rate");
    }

    /// <summary>Confirming runs at a rate, by seed.</summary>
    public static IReadOnlyList<RunRecord> Confirming(StudyResults recorded, string task, string net, double rate)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return [.. Enumerable.Range(0, Seeds).Select(i => recorded.Find(Key(task, net, rate, FirstSeed(task) + (ulong)i))).OfType<RunRecord>()];
    }

    /// <summary>The key of a run.</summary>
    public static RunKey Key(string task, string net, double rate, ulong seed) => new(("task", task), ("net", net), ("rate", rate), ("seed", seed));

    /// <summary>A task of <see cref="Forecasts"/>: windows of ten values.</summary>
    /// <exception cref="ArgumentException">There is no such task.</exception>
    public static SeriesTask Series(string task) => task switch
    {
        "Mackey–Glass, 1" => new MackeyGlass(KerasProgram.WindowLength, horizon: 1),
        "Mackey–Glass, 10" => new MackeyGlass(KerasProgram.WindowLength, horizon: 10),
        "Lorenz, 1" => new Lorenz(KerasProgram.WindowLength, horizon: 1, onlyX: true),
        "Lorenz, 5" => new Lorenz(KerasProgram.WindowLength, horizon: 5, onlyX: true),
        _ => throw new ArgumentException($"No forecast \"{task}\": there are {string.Join(" · ", Forecasts)}.", nameof(task)),
    };

    /// <summary>What the program learns from: the last 1000 windows of the part that training sees.</summary>
    public static Batch TrainingWindows(SeriesTask task) => SeriesWindows.Of(task, test: false, Windows);

    /// <inheritdoc/>
    public override double Cost(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Forecasts.Contains(key.Text("task")) ? 4 : 1;
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        return Forecasts.Contains(key.Text("task")) ? Forecast(key, watch) : NameClass(key, watch);
    }

    private static RunOutcome Forecast(RunKey key, RunWatch watch)
    {
        var task = Series(key.Text("task"));
        var (train, test) = (TrainingWindows(task), SeriesWindows.Of(task, test: true));
        var program = new KerasProgram(Function(key.Text("net")), new RandomSource(key.Seed));
        var points = new List<(double, double)>();
        var epochs = watch.MostUpdates is { } most ? (most + 31) / 32 : KerasProgram.Epochs;
        var losses = program.Fit(train, new Adam((float)key.Number("rate"), epsilon: 1e-7f), new RandomSource(key.Seed + 7), epochs, progress: (epoch, _) =>
        {
            watch.Cancellation.ThrowIfCancellationRequested();
            if (epoch % 5 == 0)
            {
                points.Add((epoch, program.Error(test)));
            }

            return true;
        });
        var (error, linear) = (program.Error(test), LinearForecast.Fit(train).Error(test));
        return new RunOutcome("measured")
        {
            Updates = losses.Count,
            Measures = [("error", error), ("over-persistence", error / task.PersistenceError), ("over-linear", error / linear), ("linear", linear)],
            Head = RunOutcome.HeadOf(losses),
            Curves = [new RunCurve("error", points)],
        };
    }

    private static RunOutcome NameClass(RunKey key, RunWatch watch)
    {
        SequenceTask task = key.Text("task") == "vowels" ? Voices.Value : new MovingDigits();
        var random = new RandomSource(key.Seed);
        task = key.Text("net") switch
        {
            "linear, all steps" => new WindowedTask(task, task.SequenceLength),
            "linear, last step" => new WindowedTask(task, 1),
            _ => task,
        };
        var trainer = new Trainer(Model(task, key.Text("net"), random), task, new Adam((float)key.Number("rate")))
        {
            BatchSize = 32,
            ClipNorm = 1,
            Seed = key.Seed,
            EvaluateEvery = 100,
            TestSize = 1000,
        };
        var history = Training.Run(trainer, 1500, watch);
        return new RunOutcome(history.Outcome == TrainingOutcome.Diverged ? "diverged" : "measured")
        {
            Updates = history.Updates,
            Measures = [("error", Math.Min(history.Last.TestError, 100)), ("wrong", 1 - history.Last.Accuracy)],
            Head = RunOutcome.HeadOf(history.Losses),
            Curves = [new RunCurve("wrong", [.. history.Points.Select(p => ((double)p.Update, 1 - p.Accuracy))])],
        };
    }

    /// <summary>A recurrent layer of 32 units from the identity (ReLU) or an orthogonal matrix (tanh), or a linear answer.</summary>
    private static IModel Model(SequenceTask task, string net, RandomSource random) => net.StartsWith("linear", StringComparison.Ordinal)
        ? new FeedForward([task.InputSize, task.OutputSize], Activation.Identity, random)
        : new SequenceModel(
            new Rnn(task.InputSize, 32, Function(net), random)
                .StartFrom(random, net == "ReLU" ? Initializer.Identity() : Initializer.Orthogonal(), Initializer.GlorotNormal()),
            new Linear(32, task.OutputSize, random));

    /// <summary>The first confirming seed: on vowels and the film those from 1000 on were used when the rates ended at 0.01.</summary>
    private static ulong FirstSeed(string task) => Sequences.Contains(task) ? 2000UL : 1000;

    private static string[] Nets(string task) => Forecasts.Contains(task) ? ["tanh", "ReLU"] : ["tanh", "ReLU", "linear, all steps", "linear, last step"];

    private static Activation Function(string net) => net == "ReLU" ? Activation.Relu : Activation.Tanh;
}
