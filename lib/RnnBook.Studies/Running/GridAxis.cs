namespace RnnBook;

/// <summary>A setting that contestants tune: the values that may be tried, in order, and the range that is tried first.</summary>
/// <param name="Setting">Its name in keys, such as "rate".</param>
/// <param name="Ladder">All values, from the smallest.</param>
/// <param name="From">First value of the range tried first; one of the ladder.</param>
/// <param name="To">Last value of it; one of the ladder.</param>
public sealed record GridAxis(string Setting, IReadOnlyList<double> Ladder, double From, double To)
{
    /// <summary>The same range, for all time: where growing would take longer than the book has recorded yet. `book study status` then names whose best lies at an end.</summary>
    public GridAxis ThatStays => this with { Ladder = [.. Ladder.Where(value => value >= From && value <= To)] };

    /// <summary>A learning rate: 1, 3, 10, … over six orders of magnitude.</summary>
    public static GridAxis Rate(double from, double to) =>
        new("rate", [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10], from, to);

    /// <summary>A gain of the weights: powers of two.</summary>
    public static GridAxis Gain(double from, double to) => new("gain", [0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32], from, to);

    /// <summary>The values of a range.</summary>
    public IEnumerable<double> Values((double Low, double High) range) => Ladder.Where(value => value >= range.Low && value <= range.High);

    /// <summary>The range with one more value at each end where somebody's best lies; the same at an end of the ladder.</summary>
    public (double Low, double High) Grown((double Low, double High) range, IEnumerable<double> best)
    {
        ArgumentNullException.ThrowIfNull(best);
        var chosen = best.ToList();
        return (
            chosen.Any(value => value <= range.Low) ? Ladder.LastOrDefault(value => value < range.Low, range.Low) : range.Low,
            chosen.Any(value => value >= range.High) ? Ladder.FirstOrDefault(value => value > range.High, range.High) : range.High);
    }
}
