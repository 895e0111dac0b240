namespace RnnBook;

/// <summary>What one run of a study found.</summary>
/// <param name="Class">How it ended, in a word: "learned", "not learned", "diverged"; "measured" where nothing is trained.</param>
public sealed record RunOutcome(string Class)
{
    /// <summary>Updates that were made.</summary>
    public int Updates { get; init; }

    /// <summary>The numbers that the study asks for, by name.</summary>
    public IReadOnlyList<(string Name, double Value)> Measures { get; init; } = [];

    /// <summary>Training losses of the first updates (<see cref="HeadUpdates"/>), for the check that a run can be repeated.</summary>
    public IReadOnlyList<double> Head { get; init; } = [];

    /// <summary>What is plotted: update and value, at most 60 points.</summary>
    public IReadOnlyList<(double At, double Value)> Curve { get; init; } = [];

    /// <summary>At which updates the losses of <see cref="Head"/> are kept.</summary>
    public static IReadOnlyList<int> HeadUpdates { get; } = [1, 2, 5, 10, 20, 50, 100];

    /// <summary>The head of a training.</summary>
    /// <param name="losses">The loss of every update.</param>
    public static double[] HeadOf(IReadOnlyList<double> losses) => [.. HeadUpdates.Where(update => update <= losses.Count).Select(update => losses[update - 1])];
}
