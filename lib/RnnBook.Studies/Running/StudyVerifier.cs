namespace RnnBook;

/// <summary>Repeats recorded runs, chosen at random, and says whether they come out as recorded.</summary>
public static class StudyVerifier
{
    /// <summary>How far the losses of the first updates may differ, relative to the recorded one.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>Chooses runs.</summary>
    /// <param name="results">The recorded runs.</param>
    /// <param name="count">How many, at most all.</param>
    /// <param name="seed">The same seed chooses the same.</param>
    public static IReadOnlyList<RunRecord> Choose(StudyResults results, int count, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(results);
        var all = results.ToArray();
        new RandomSource(seed).Shuffle<RunRecord>(all);
        return [.. all.Take(count)];
    }

    /// <summary>Repeats one run, whole, and compares.</summary>
    public static RunComparison Repeat(Study study, RunRecord recorded, RunWatch? watch = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(recorded);
        return new RunComparison(recorded, study.Run(recorded.Key, watch ?? RunWatch.None));
    }
}

/// <summary>A recorded run beside its repetition.</summary>
/// <param name="Recorded">As recorded.</param>
/// <param name="Repeated">As found now.</param>
public sealed record RunComparison(RunRecord Recorded, RunOutcome Repeated)
{
    /// <summary>Largest relative difference among the losses of the first 100 updates, or, where nothing is trained, among the measures.</summary>
    public double LargestDifference
    {
        get
        {
            var (then, now) = Recorded.Outcome.Head.Count > 0
                ? (Recorded.Outcome.Head, Repeated.Head)
                : (Recorded.Outcome.Measures.Select(m => m.Value).ToList(), Repeated.Measures.Select(m => m.Value).ToList());
            return then.Count != now.Count ? double.PositiveInfinity : then.Zip(now, Difference).DefaultIfEmpty().Max();
        }
    }

    /// <summary>Whether the first updates agree to <see cref="StudyVerifier.Tolerance"/>.</summary>
    public bool StartsAlike => LargestDifference <= StudyVerifier.Tolerance;

    /// <summary>Whether it ended in the same class.</summary>
    public bool EndsAlike => Recorded.Class == Repeated.Class;

    /// <inheritdoc/>
    public override string ToString() => $"{Recorded.Key}: "
        + (StartsAlike ? $"first updates agree (largest difference {LargestDifference:G2})" : $"FIRST UPDATES DIFFER by {LargestDifference:G2}")
        + (EndsAlike ? $", {Repeated.Class} as recorded"
            : $", ended \"{Repeated.Class}\" where \"{Recorded.Class}\" is recorded: a machine that rounds differently can end a chaotic run differently");

    private static double Difference(double then, double now) =>
        then.Equals(now) ? 0 : Math.Abs(then - now) / Math.Max(Math.Abs(then), 1e-12) is var relative && double.IsNaN(relative) ? double.PositiveInfinity : relative;
}
