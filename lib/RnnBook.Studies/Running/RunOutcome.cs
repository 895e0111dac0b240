namespace RnnBook;

/// <summary>What one run of a study found.</summary>
/// <param name="Class">How it ended, in a word: "learned", "not learned", "diverged"; "measured" where nothing is trained, "timed" where only times are taken.</param>
public sealed record RunOutcome(string Class)
{
    /// <summary>Updates that were made.</summary>
    public int Updates { get; init; }

    /// <summary>The numbers that the study asks for, by name.</summary>
    public IReadOnlyList<(string Name, double Value)> Measures { get; init; } = [];

    /// <summary>Training losses of the first updates (<see cref="HeadUpdates"/>), for the check that a run can be repeated.</summary>
    public IReadOnlyList<double> Head { get; init; } = [];

    /// <summary>What is plotted, by name: points such as update and value, at most 60 a curve.</summary>
    public IReadOnlyList<RunCurve> Curves { get; init; } = [];

    /// <summary>At which updates the losses of <see cref="Head"/> are kept.</summary>
    public static IReadOnlyList<int> HeadUpdates { get; } = [1, 2, 5, 10, 20, 50, 100];

    /// <summary>The head of a training.</summary>
    /// <param name="losses">The loss of every update.</param>
    public static double[] HeadOf(IReadOnlyList<double> losses) => [.. HeadUpdates.Where(update => update <= losses.Count).Select(update => losses[update - 1])];
}

/// <summary>A curve of a run.</summary>
/// <param name="Name">What it shows, such as "error".</param>
/// <param name="Points">At which update (or step) which value.</param>
public sealed record RunCurve(string Name, IReadOnlyList<(double At, double Value)> Points)
{
    /// <summary>The same curve with at most so many points, the first and the last among them.</summary>
    public RunCurve Thinned(int most)
    {
        var every = Math.Max(1, (Points.Count + most - 3) / (most - 1));
        return new(Name, [.. Points.Where((_, i) => i % every == 0 || i == Points.Count - 1)]);
    }
}
