namespace RnnBook;

/// <summary>
/// How the contestants of a study find their settings, fairly: all who are compared try the same grid on the same developing seeds, and while the best
/// value of anyone who learns at all lies at an end of what was tried, all try one value more on that side.
/// </summary>
/// <param name="Contestant">The settings that say who is tuned, such as "task" and "net"; the others are theirs to choose.</param>
/// <param name="Score">What tuning makes small, on average over the developing seeds.</param>
public sealed record Tuning(IReadOnlyList<string> Contestant, Func<RunRecord, double> Score)
{
    /// <summary>The settings that are numbers of a grid.</summary>
    public IReadOnlyList<string> Grid { get; init; } = ["rate"];

    /// <summary>Seeds on which settings are tried, all below 1000.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [1, 2];

    /// <summary>From this score on a contestant learns nothing: where in the grid its best lies says nothing then.</summary>
    public double Hopeless { get; init; } = double.PositiveInfinity;

    /// <summary>The score of a network that hardly beats the baseline, where scores are <see cref="LogMean"/> or alike: log10 of 0.9 baselines.</summary>
    public static double NearBaseline { get; } = Math.Log10(0.9);

    /// <summary>
    /// The usual score: the mean of log10 of the test error over the run, so that fast and low both count, and a run that diverged is the worst.
    /// </summary>
    public static double LogMean(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Math.Min(run["log-mean"], 10);
    }

    /// <summary>What each contestant would choose among these runs on developing seeds; of two settings that are equally good the first.</summary>
    public IReadOnlyList<TunedChoice> Choose(IEnumerable<RunRecord> runs) =>
    [
        .. from own in runs.Where(run => run.Key.Seed < 1000).GroupBy(run => string.Join(", ", Contestant.Select(run.Key.Text)))
           let best = own.GroupBy(run => run.Key.With("seed", Seeds[0])).MinBy(Mean)!
           select new TunedChoice(
               own.Key,
               best.Key,
               Mean(best) >= Hopeless,
               [.. Grid.Where(setting => IsEnd(best.Key.Number(setting), [.. own.Select(run => run.Key.Number(setting))]))]),
    ];

    /// <summary>What one contestant would choose among these runs, with a developing seed; null without runs of it.</summary>
    /// <param name="runs">Runs of any contestants and seeds.</param>
    /// <param name="contestant">The values of <see cref="Contestant"/>'s settings.</param>
    public RunKey? Chosen(IEnumerable<RunRecord> runs, params string[] contestant) =>
        Choose(runs.Where(run => Contestant.Select(run.Key.Text).SequenceEqual(contestant))) is [var best] ? best.Setting : null;

    /// <summary>The two stages of contestants that are compared: their tuning runs, and, once these are all recorded, their best settings on fresh seeds.</summary>
    /// <param name="recorded">The runs so far.</param>
    /// <param name="starts">All who are compared, with all starts that they may choose among; seed and values of the grid are of no matter.</param>
    /// <param name="seeds">How many confirming runs.</param>
    /// <param name="firstSeed">The seed of the first of them, 1000 or above.</param>
    /// <param name="axes">The grid, which grows until the best lie inside.</param>
    public IReadOnlyList<RunKey> ThenConfirmed(
        StudyResults recorded, IEnumerable<RunKey> starts, int seeds, ulong firstSeed, params GridAxis[] axes)
    {
        var (runs, chosen) = Plan(recorded, [.. starts], axes);
        return [.. runs, .. from best in chosen ?? []
                            from i in Enumerable.Range(0, seeds)
                            select best.Setting.With("seed", firstSeed + (ulong)i)];
    }

    /// <summary>
    /// The tuning runs of contestants that are compared, as far as the records say which are wanted, and, once all of these are there, what each
    /// of them chooses.
    /// </summary>
    /// <param name="recorded">The runs so far.</param>
    /// <param name="starts">All who are compared, with all starts that they may choose among; seed and values of the grid are of no matter.</param>
    /// <param name="axes">The grid.</param>
    public (IReadOnlyList<RunKey> Runs, IReadOnlyList<TunedChoice>? Chosen) Plan(StudyResults recorded, IReadOnlyList<RunKey> starts, params GridAxis[] axes)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(axes);
        var ranges = axes.Select(axis => (axis.From, axis.To)).ToArray();
        while (true)
        {
            var settings = axes.Index().Aggregate(
                starts.AsEnumerable(),
                (keys, axis) => keys.SelectMany(key => axis.Item.Values(ranges[axis.Index]).Select(value => key.With(axis.Item.Setting, value))));
            var tried = settings.SelectMany(key => Seeds.Select(seed => key.With("seed", seed))).ToList();
            if (!tried.All(recorded.Contains))
            {
                return (tried, null);
            }

            var chosen = Choose(tried.Select(key => recorded.Find(key)!));
            var grown = axes.Zip(ranges, (axis, range) => axis.Grown(range, chosen.Where(c => !c.LearnsNothing).Select(c => c.Setting.Number(axis.Setting)))).ToArray();
            if (grown.SequenceEqual(ranges))
            {
                return (tried, chosen);
            }

            ranges = grown;
        }
    }

    /// <summary>NaN is the score of a run that came apart: no setting is chosen for it.</summary>
    private double Mean(IEnumerable<RunRecord> runs) => runs.Average(Score) is var mean && double.IsNaN(mean) ? double.PositiveInfinity : mean;

    private static bool IsEnd(double value, double[] tried) => value == tried.Min() || value == tried.Max();
}

/// <summary>What tuning gave to a contestant.</summary>
/// <param name="Contestant">Who.</param>
/// <param name="Setting">Its best setting, with a developing seed.</param>
/// <param name="LearnsNothing">Whether it learns nothing with it.</param>
/// <param name="AtEdge">The numbers of that setting that lie at an end of what it tried.</param>
public sealed record TunedChoice(string Contestant, RunKey Setting, bool LearnsNothing, IReadOnlyList<string> AtEdge)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Contestant} ({string.Join(", ", AtEdge.Select(setting => $"{setting} {Setting.Text(setting)}"))})";
}
