namespace RnnBook;

/// <summary>
/// An accumulator is not a clock: does a start that adds well copy badly, and the reverse? Linear and ReLU recurrences from the identity and
/// from an orthogonal matrix, on both tasks, each with its best rate (P6: Henaff, Szlam and LeCun, 2016, arXiv 1602.06662).
/// </summary>
public sealed class CopyStudy : Study
{
    private const int HiddenSize = 64, BatchSize = 16, Updates = 1500, Seeds = 20;

    private static readonly string[] Tasks = ["adding", "copy"], Nets = ["linear", "ReLU"], Starts = ["identity", "orthogonal"];

    /// <inheritdoc/>
    public override string Name => "copy";

    /// <inheritdoc/>
    public override string Question => "Does the identity add and fail to copy, and an orthogonal start the reverse?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["P6"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from task in Tasks
           let starts = from net in Nets from start in Starts select Key(task, net, start)
           from key in Tuning.ThenConfirmed(recorded, starts, Seeds, 1000, GridAxis.Rate(1e-4, 1e-2))
           select key,
    ];

    /// <inheritdoc/>
    public override Tuning Tuning { get; } = new(["task", "net", "start"], Tuning.LogMean) { Hopeless = Tuning.NearBaseline };

    /// <inheritdoc/>
    public override double Cost(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Text("task") == "copy" ? 1 : 4;
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        SequenceTask task = key.Text("task") == "copy" ? new CopyMemory(delay: 20, symbols: 8, length: 3) : new AddingProblem(100);
        var random = new RandomSource(key.Seed);
        var recurrent = key.Text("start") == "identity" ? Initializer.Identity() : Initializer.Orthogonal();
        var layer = new Rnn(task.InputSize, HiddenSize, key.Text("net") == "linear" ? Activation.Identity : Activation.Relu, random)
            .StartFrom(random, recurrent, Initializer.Gaussian(0.2f));
        var model = new SequenceModel(layer, new Linear(HiddenSize, task.OutputSize, random), task.EveryStep);
        var trainer = new Trainer(model, task, new Adam((float)key.Number("rate")))
        {
            BatchSize = BatchSize,
            ClipNorm = 1,
            Seed = key.Seed,
            EvaluateEvery = 50,
            TestSize = 128,
        };
        var history = Training.Run(trainer, Updates, watch);
        var outcome = Training.Outcome(history);
        return outcome with { Measures = [.. outcome.Measures, ("accuracy", double.IsNaN(history.Last.Accuracy) ? 0 : history.Last.Accuracy)] };
    }

    private static RunKey Key(string task, string net, string start) =>
        new(("task", task), ("net", net), ("start", start), ("rate", 0), ("seed", 1));
}
