namespace RnnBook;

/// <summary>
/// An experiment that decides a claim: a declared grid of runs, and what one run does. It is too long for a page, so it is recorded, in
/// data/results/NAME.jsonl, and anyone can repeat any part of it.
/// </summary>
public abstract class Study
{
    /// <summary>The file's name and the word on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What it asks, in one sentence.</summary>
    public abstract string Question { get; }

    /// <summary>The claims that it decides, such as "C9".</summary>
    public abstract IReadOnlyList<string> Claims { get; }

    /// <summary>
    /// All runs that are wanted, given what is recorded. A study with stages (first tune, then confirm) asks for the next stage once the
    /// one before is complete; the same records give the same plan.
    /// </summary>
    /// <param name="recorded">The runs so far.</param>
    public abstract IReadOnlyList<RunKey> Plan(StudyResults recorded);

    /// <summary>Does one run. The same key gives the same bits, on one machine.</summary>
    /// <param name="key">The settings.</param>
    /// <param name="watch">Follows it, or cuts it short.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public abstract RunOutcome Run(RunKey key, RunWatch watch);

    /// <summary>How its contestants find their settings; null where nobody tunes.</summary>
    public virtual Tuning? Tuning => null;

    /// <summary>About what a run costs beside others of this study, for the estimate of the time left.</summary>
    public virtual double Cost(RunKey key) => 1;

    /// <summary>The runs that are wanted and not recorded, in the order of doing.</summary>
    public IReadOnlyList<RunKey> Missing(StudyResults recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return [.. Plan(recorded).Where(key => !recorded.Contains(key))];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Question}";
}

/// <summary>How a run is followed from outside.</summary>
/// <param name="Progress">Called after each evaluation of a training, if the run trains.</param>
/// <param name="MostUpdates">Stop after so many updates; null: go on to the end. For a look at a run's first updates.</param>
/// <param name="Cancellation">Ends it early.</param>
public sealed record RunWatch(Action<TrainingPoint>? Progress = null, int? MostUpdates = null, CancellationToken Cancellation = default)
{
    /// <summary>Nobody watches.</summary>
    public static RunWatch None { get; } = new();
}
