namespace RnnBook;

/// <summary>
/// Should the hidden size follow the task, and the batch size the amount of data? Part "units": GRUs of 4 to 64 units copy 1 or 6 symbols.
/// Part "batch": nets of 196, 64 and 10 units learn from 100 or 3000 drawn digits, in batches of 4 to 64. Each with its best rate (E16).
/// </summary>
public sealed class SizingStudy : Study
{
    private const int Updates = 1500, SequencesABatch = 32, DigitsSeen = 30_000, EvaluateEvery = 1500, Seeds = 12;

    /// <summary>The first confirming seed: those from 1000 on were used when the rates were four.</summary>
    private const ulong FirstSeed = 2000;

    /// <summary>Symbols to copy: the easy and the hard task.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [1, 6];

    /// <summary>Hidden sizes.</summary>
    public static IReadOnlyList<int> Units { get; } = [4, 8, 16, 32, 64];

    /// <summary>Digits to learn from.</summary>
    public static IReadOnlyList<int> Digits { get; } = [100, 3000];

    /// <summary>Batch sizes.</summary>
    public static IReadOnlyList<int> BatchSizes { get; } = [4, 8, 16, 32, 64];

    /// <inheritdoc/>
    public override string Name => "sizing";

    /// <inheritdoc/>
    public override string Question => "Should the hidden size follow the task, and the batch size the amount of data?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["E16a", "E16b"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from length in Lengths
           from key in Tuning.ThenConfirmed(recorded, Units.Select(units => Key("units", length, units)), Seeds, FirstSeed, GridAxis.Rate(1e-3, 3e-2))
           select key,
        .. from digits in Digits
           from key in Tuning.ThenConfirmed(recorded, BatchSizes.Select(size => Key("batch", digits, size)), Seeds, FirstSeed, GridAxis.Rate(3e-4, 1e-2))
           select key,
    ];

    /// <inheritdoc/>
    public override Tuning Tuning { get; } = new(["part", "amount", "size"], run => Math.Min(run["validation"], 10));

    /// <summary>Confirming runs of a setting, by seed.</summary>
    /// <param name="recorded">What is recorded.</param>
    /// <param name="part">"units" or "batch".</param>
    /// <param name="amount">Symbols, or digits.</param>
    /// <param name="size">Hidden units, or batch size.</param>
    public static IReadOnlyList<RunRecord> Confirming(StudyResults recorded, string part, int amount, int size)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Confirming(key => key.Text("part") == part && key.Whole("amount") == amount && key.Whole("size") == size);
    }

    /// <inheritdoc/>
    public override double Cost(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Text("part") == "units" ? key.Number("size") / 4 : 8 / key.Number("size");
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        return key.Text("part") == "units" ? Copying(key, watch) : Learning(key, watch);
    }

    private static RunOutcome Copying(RunKey key, RunWatch watch)
    {
        var task = new CopyMemory(delay: 10, symbols: 8, length: key.Whole("amount"));
        var (random, units) = (new RandomSource(key.Seed), key.Whole("size"));
        var model = new SequenceModel(new Gru(task.InputSize, units, random), new Linear(units, task.OutputSize, random), everyStep: true);
        var trainer = new Trainer(model, task, new Adam((float)key.Number("rate")))
        {
            BatchSize = SequencesABatch,
            ClipNorm = 1,
            Seed = key.Seed,
            EvaluateEvery = 100,
        };
        var history = Training.Run(trainer, Updates, watch);
        var lowest = history.Best.TestError / history.Baseline;
        return new RunOutcome(lowest <= Training.Target ? "learned" : "not learned")
        {
            Updates = history.Updates,
            Measures = [("validation", lowest)],
            Head = RunOutcome.HeadOf(history.Losses),
        };
    }

    private static RunOutcome Learning(RunKey key, RunWatch watch)
    {
        var (task, random, size) = (DigitNet.Task(), new RandomSource(key.Seed), key.Whole("size"));
        var net = new FeedForward([DigitNet.Pixels, 64, DigitNet.Classes], Activation.Relu, random)
            .StartFrom(random, Initializer.HeNormal());
        var (known, unseen) = (task.TestBatch(key.Whole("amount"), 0xDA7A + key.Seed), task.TestBatch(500, 0x7E57));
        var (batch, adam) = (task.NewBatch(size), new Adam((float)key.Number("rate")));
        var (losses, lowest) = (new List<double>(), double.PositiveInfinity);
        var updates = DigitsSeen / size;
        for (var update = 1; update <= Math.Min(updates, watch.MostUpdates ?? updates); update++)
        {
            watch.Cancellation.ThrowIfCancellationRequested();
            for (var b = 0; b < size; b++)
            {
                var from = random.NextInt(known.Size);
                known.Inputs.Span.Slice(from * DigitNet.Pixels, DigitNet.Pixels).CopyTo(batch.Inputs.Span[(b * DigitNet.Pixels)..]);
                batch.Labels![b] = known.Labels![from];
            }

            losses.Add(net.LossAndGradients(batch, task.Loss));
            adam.Step(net.Parameters);
            if (update * size / EvaluateEvery > (update - 1) * size / EvaluateEvery)
            {
                lowest = Math.Min(lowest, task.Loss.Evaluate(net.Forward(unseen), unseen, null));
            }
        }

        return new RunOutcome("measured") { Updates = losses.Count, Measures = [("validation", lowest)], Head = RunOutcome.HeadOf(losses) };
    }

    private static RunKey Key(string part, int amount, int size) =>
        new(("part", part), ("amount", amount), ("size", size), ("rate", 0), ("seed", 1));
}
