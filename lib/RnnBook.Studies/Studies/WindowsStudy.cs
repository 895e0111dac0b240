namespace RnnBook;

/// <summary>
/// What does a truncated gradient learn? An echo of d steps, through windows of k steps with the state carried on, every window with the same number of
/// updates; beside it a network whose recurrent weights stay as drawn and only the head learns.
/// </summary>
public sealed class WindowsStudy : Study
{
    private const int HiddenSize = 32, BatchSize = 16, Updates = 3000, Seeds = 20;

    // Seeds from 1000 were used up in an earlier look, before the claim had criteria.
    private const ulong FirstSeed = 2000;

    /// <summary>Delays d of the echo.</summary>
    public static IReadOnlyList<int> Delays { get; } = [2, 4, 8];

    /// <summary>Windows k; 0 is the network whose head alone learns.</summary>
    public static IReadOnlyList<int> Windows { get; } = [0, 1, 2, 3, 4, 5, 8, 9, 16];

    /// <inheritdoc/>
    public override string Name => "windows";

    /// <inheritdoc/>
    public override string Question => "What can a network learn from a gradient that is cut off after k steps?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["E4b"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from delay in Delays
           from window in Windows
           from seed in Enumerable.Range(0, Seeds)
           select new RunKey(("delay", delay), ("window", window), ("seed", FirstSeed + (ulong)seed)),
    ];

    /// <inheritdoc/>
    public override double Cost(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return 2 + key.Number("window");
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var (delay, window, random) = (key.Whole("delay"), Math.Max(1, key.Whole("window")), new RandomSource(key.Seed));
        var model = new SequenceModel(new Rnn(1, HiddenSize, Activation.Tanh, random), new Linear(HiddenSize, 1, random), everyStep: true);
        var (batch, past, draws) = (new Batch(new Tensor(window, BatchSize, 1), new Tensor(window, BatchSize, 1)), new float[delay, BatchSize], new RandomSource(key.Seed + 7));
        var (adam, loss, losses, at) = (new Adam(3e-3f), new MeanSquaredError(), new List<double>(), 0);
        var moving = key.Whole("window") == 0 ? model.Head.Parameters : model.Parameters;
        model.InitialState = model.NewState(BatchSize);
        for (var update = 0; update < Math.Min(Updates, watch.MostUpdates ?? Updates); update++)
        {
            watch.Cancellation.ThrowIfCancellationRequested();
            for (var t = 0; t < window; t++, at = (at + 1) % delay)
            {
                for (var b = 0; b < BatchSize; b++)
                {
                    batch.Targets![t, b, 0] = past[at, b];
                    past[at, b] = batch.Inputs[t, b, 0] = (float)draws.NextUniform(-1, 1);
                }
            }

            // The variance of the input is 1/3.
            losses.Add(3 * model.LossAndGradients(batch, loss));
            GradientClip.ByGlobalNorm(model.Parameters, 1);
            adam.Step(moving);
            model.ReadFinalState(model.InitialState);
        }

        var tail = losses.TakeLast(losses.Count / 10 + 1).Average();
        return new RunOutcome(tail <= 0.1 ? "learned" : "not learned")
        {
            Updates = losses.Count,
            Measures = [("error", tail)],
            Head = RunOutcome.HeadOf(losses),
            Curves = [new RunCurve("error", [.. losses.Chunk(100).Select((part, i) => (100.0 * (i + 1), part.Average()))])],
        };
    }
}
