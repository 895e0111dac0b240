namespace RnnBook;

/// <summary>
/// What does an update cost, in seconds of one core? All networks of the race in turn, within one run, in short blocks; a network's quietest block
/// counts. Runs of the race take their seconds from here, as they were recorded while the machine did other work.
/// </summary>
public sealed class StepCostStudy : Study
{
    private const int Repeats = 10, Blocks = 12, BlockUpdates = 10;

    /// <summary>The networks: one of each kind, as the start changes no cost.</summary>
    public static IReadOnlyList<string> Nets { get; } = ["IRNN", "tanh, Gaussian", "LSTM", "GRU"];

    /// <inheritdoc/>
    public override string Name => "step-cost";

    /// <inheritdoc/>
    public override string Question => "What does an update of each network cost, in seconds of one core?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["C10"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from length in RaceStudy.Lengths
           from repeat in Enumerable.Range(0, Repeats)
           select new RunKey(("T", length), ("seed", 1000UL + (ulong)repeat)),
    ];

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var trainers = Nets.Select(net => RaceStudy.Trainer(
            new RunKey(("T", key.Whole("T")), ("net", net), ("start", Contestant.Named(net).Starts[0]), ("rate", 1e-4), ("seed", key.Seed)))).ToList();
        var quietest = Nets.Select(_ => double.PositiveInfinity).ToArray();
        for (var block = 0; block < Blocks; block++)
        {
            for (var i = 0; i < trainers.Count; i++)
            {
                watch.Cancellation.ThrowIfCancellationRequested();
                quietest[i] = Math.Min(quietest[i], trainers[i].Run(BlockUpdates).Seconds / BlockUpdates);
            }
        }

        return new RunOutcome("timed") { Measures = [.. Nets.Zip(quietest)] };
    }
}
