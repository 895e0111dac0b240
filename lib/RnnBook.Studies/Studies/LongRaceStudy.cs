namespace RnnBook;

/// <summary>
/// The race of <see cref="RaceStudy"/> over 800 steps, for the two networks with gates: do they, too, fail in the end? Tuned and confirmed
/// as there.
/// </summary>
public sealed class LongRaceStudy : Study
{
    /// <summary>The sequence length T.</summary>
    public const int Length = 800;

    /// <inheritdoc/>
    public override string Name => "long-race";

    /// <inheritdoc/>
    public override string Question => "Do LSTM and GRU still learn to add 800 steps?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["E11"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return RaceStudy.PlanLength(recorded, Length, [Contestant.Named("LSTM"), Contestant.Named("GRU")]);
    }

    /// <inheritdoc/>
    public override Tuning Tuning => RaceStudy.Settings;

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        return Training.Outcome(Training.Run(RaceStudy.Trainer(key), RaceStudy.Updates, watch));
    }
}
