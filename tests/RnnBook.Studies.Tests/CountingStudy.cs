namespace RnnBook.Tests;

/// <summary>A study whose runs cost nothing and are counted: two stages, the second asked for when the first is complete.</summary>
internal sealed class CountingStudy : Study
{
    private int runs;

    public override string Name => "counting";

    public override string Question => "How often is each run done?";

    public override IReadOnlyList<string> Claims => [];

    /// <summary>Runs done so far.</summary>
    public int Runs => runs;

    /// <summary>Called before each run.</summary>
    public Action<int> Before { get; init; } = _ => { };

    public override IReadOnlyList<RunKey> Plan(StudyResults recorded)
    {
        var first = Enumerable.Range(0, 20).Select(i => Key("tune", i)).ToList();
        return first.All(recorded.Contains) ? [.. first, .. Enumerable.Range(0, 10).Select(i => Key("confirm", 1000 + i))] : first;
    }

    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        Before(Interlocked.Increment(ref runs));
        watch.Cancellation.ThrowIfCancellationRequested();
        return new RunOutcome(key.Seed % 2 == 0 ? "even" : "odd")
        {
            Measures = [("square", key.Seed * (double)key.Seed), ("never", double.PositiveInfinity), ("unknown", double.NaN)],
            Head = [1.0 / 3, 1e-12],
            Curves = [new RunCurve("line", [(0, 1), (100, 0.5)])],
        };
    }

    private static RunKey Key(string stage, int seed) => new(("stage", stage), ("rate", 0.003f), ("seed", seed));
}
