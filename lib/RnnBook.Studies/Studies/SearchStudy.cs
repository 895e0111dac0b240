namespace RnnBook;

/// <summary>
/// Grid search against random search at one budget: 36 trainings of a GRU on the adding problem (T = 30), to choose hidden size, layers,
/// batch size and learning rate by validation error; and the book's usual setting beside them, chosen without a search (E9).
/// </summary>
/// <remarks>
/// Every training sees as many sequences, so that small batches make more updates. The grid has 3 rates, 3 sizes, 2 batch sizes and 2 depths,
/// spread evenly over the same ranges that random search draws from; each repetition lays it anew, shifted by a random part of its step, since
/// nobody knows where the good values are (Bergstra and Bengio, 2012, JMLR 13).
/// </remarks>
public sealed class SearchStudy : Study
{
    private const int Length = 30, Sequences = 16_000, Repetitions = 10;

    /// <summary>Trainings of one search.</summary>
    public const int Budget = 36;

    /// <summary>The searches, and the usual setting.</summary>
    public static IReadOnlyList<string> Searches { get; } = ["grid", "random", "usual"];

    /// <inheritdoc/>
    public override string Name => "search";

    /// <inheritdoc/>
    public override string Question => "Does grid or random search choose better hyperparameters, at one budget, and better than none?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["E9"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from seed in Enumerable.Range(0, Repetitions).Select(i => 1000UL + (ulong)i).Prepend(1UL)
           from search in Searches
           from trial in Enumerable.Range(0, search == "usual" ? 1 : Budget)
           select new RunKey(("search", search), ("seed", seed), ("trial", trial)),
    ];

    /// <summary>The trials of a repetition of a search, by number.</summary>
    public static IReadOnlyList<RunRecord> Trials(StudyResults recorded, string search, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return [.. recorded.Where(r => r.Key.Text("search") == search && r.Key.Seed == seed).OrderBy(r => r.Key.Whole("trial"))];
    }

    /// <summary>What a trial sets.</summary>
    public static HyperParameters Setting(string search, ulong seed, int trial)
    {
        var random = new RandomSource((seed * 1000) + (search == "grid" ? 999 : (ulong)trial));
        double[] u = [random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble()];
        return search switch
        {
            // u is the shift of the whole grid within its cells.
            "grid" => HyperParameters.At(
                ((trial % 3) + u[0]) / 3, ((trial / 3 % 3) + u[1]) / 3, ((trial / 9 % 2) + u[2]) / 2, ((trial / 18) + u[3]) / 2),
            "random" => HyperParameters.At(u[0], u[1], u[2], u[3]),
            _ => new(1e-3f, 32, 16, 1),
        };
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var set = Setting(key.Text("search"), key.Seed, key.Whole("trial"));
        var (task, random) = (new AddingProblem(Length), new RandomSource(key.Seed + (ulong)key.Whole("trial")));
        var layers = Enumerable.Range(0, set.Layers).Select(l => new Gru(l == 0 ? 2 : set.Units, set.Units, random)).ToArray();
        var model = new SequenceModel(layers, new Linear(set.Units, 1, random));
        var updates = Sequences / set.BatchSize;
        var trainer = new Trainer(model, task, new Adam(set.Rate))
        {
            BatchSize = set.BatchSize,
            ClipNorm = 1,
            Seed = key.Seed,
            EvaluateEvery = updates,
            TestSize = 500,
        };
        var history = Training.Run(trainer, updates, watch);
        var diverged = history.Outcome == TrainingOutcome.Diverged;
        var validation = diverged ? double.PositiveInfinity : history.Last.TestError / task.Baseline;

        // The trial is chosen by one set of sequences and judged by another.
        var unseen = task.TestBatch(1000, 0x5EA);
        var test = diverged ? double.PositiveInfinity : task.Loss.Evaluate(model.Forward(unseen), unseen, null) / task.Baseline;
        return new RunOutcome(diverged ? "diverged" : test <= Training.Target ? "learned" : "not learned")
        {
            Updates = history.Updates,
            Measures =
            [
                ("validation", validation), ("test", test),
                ("rate", set.Rate), ("units", set.Units), ("batch", set.BatchSize), ("layers", set.Layers),
            ],
        };
    }
}

/// <summary>What is chosen before training.</summary>
/// <param name="Rate">Learning rate, 1e-4 to 0.1.</param>
/// <param name="Units">Hidden size, 4 to 64.</param>
/// <param name="BatchSize">Sequences in a batch, 8 to 64.</param>
/// <param name="Layers">1 or 2.</param>
public readonly record struct HyperParameters(float Rate, int Units, int BatchSize, int Layers)
{
    /// <summary>The setting at a place of the ranges, each from 0 to 1: logarithmic but for the layers.</summary>
    public static HyperParameters At(double rate, double units, double batch, double layers) => new(
        (float)Math.Pow(10, -4 + (3 * rate)),
        (int)Math.Round(4 * Math.Pow(16, units)),
        (int)Math.Round(8 * Math.Pow(8, batch)),
        layers < 0.5 ? 1 : 2);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"rate {Rate:G2}, {Units} units, batch {BatchSize}, {Layers} layers");
}
