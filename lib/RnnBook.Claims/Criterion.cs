namespace RnnBook;

/// <summary>How an estimate is compared with a threshold.</summary>
public enum Comparison
{
    /// <summary>"&gt;=": at least.</summary>
    AtLeast,

    /// <summary>"&lt;=": at most.</summary>
    AtMost,

    /// <summary>"&gt;": above.</summary>
    Above,

    /// <summary>"&lt;": below.</summary>
    Below,

    /// <summary>"between": from one threshold to another, both included.</summary>
    Between,
}

/// <summary>Which form of a claim needs a criterion.</summary>
public enum CriterionUse
{
    /// <summary>"stated": the claim as its source makes it.</summary>
    Stated,

    /// <summary>"qualified": the claim under its condition.</summary>
    Qualified,

    /// <summary>"both".</summary>
    Both,
}

/// <summary>What is made of the values of all runs.</summary>
public enum Estimate
{
    /// <summary>"median", with the interval of <see cref="Interval.OfMedian"/>.</summary>
    Median,

    /// <summary>"mean", with the interval of <see cref="Interval.OfMean"/>.</summary>
    Mean,

    /// <summary>"share": the values are 1 (yes) and 0 (no); with the interval of <see cref="Interval.OfShare"/>.</summary>
    Share,

    /// <summary>"every": nothing is estimated. Each value must meet the threshold: a formula, or a computation without chance.</summary>
    Every,
}

/// <summary>What a measurement says of a criterion.</summary>
public enum CriterionState
{
    /// <summary>The whole interval is on the right side of the threshold.</summary>
    Holds,

    /// <summary>The whole interval is on the wrong side.</summary>
    Fails,

    /// <summary>The threshold lies within the interval: the runs do not say.</summary>
    Undecided,
}

/// <summary>One measurable condition of a claim, written down before the measurement.</summary>
/// <param name="Name">What the measuring cell calls the quantity, such as "success-irnn".</param>
/// <param name="Use">Whether the claim needs it as stated, under its condition, or both.</param>
/// <param name="Estimate">What is made of the values of all runs.</param>
/// <param name="Is">How that is compared.</param>
/// <param name="Threshold">The threshold; the lower one of "between".</param>
/// <param name="Upper">The upper threshold of "between", else equal to <paramref name="Threshold"/>.</param>
/// <param name="Text">What is measured, in words.</param>
public sealed record Criterion(string Name, CriterionUse Use, Estimate Estimate, Comparison Is, double Threshold, double Upper, string Text)
{
    /// <summary>How claims.json writes the comparison.</summary>
    public string Sign => ClaimWords.Comparisons[(int)Is];

    /// <summary>The condition as text, such as "≥ 0.8" or "0.4 to 0.6".</summary>
    public string ThresholdText => Is == Comparison.Between
        ? $"{ClaimWords.Number(Threshold)} to {ClaimWords.Number(Upper)}"
        : $"{"≥≤><"[(int)Is]} {ClaimWords.Number(Threshold)}";

    /// <summary>True if the value meets the condition; never for NaN.</summary>
    public bool Meets(double value) => Is switch
    {
        Comparison.AtLeast => value >= Threshold,
        Comparison.AtMost => value <= Threshold,
        Comparison.Above => value > Threshold,
        Comparison.Below => value < Threshold,
        _ => value >= Threshold && value <= Upper,
    };

    /// <summary>Compares what was measured.</summary>
    /// <param name="values">One value a run, at least one, no NaN.</param>
    /// <exception cref="ArgumentException">The values of a share are not all 0 or 1, or one of a mean is ∞.</exception>
    public Measurement Judge(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        var (value, interval) = Estimated(values);
        var range = Interval.OfRange(values);
        return new Measurement(this, value, interval, range, values.Count, StateOf(interval));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {ThresholdText}: {Text}";

    private (double Value, Interval Interval) Estimated(IReadOnlyList<double> values)
    {
        switch (Estimate)
        {
            case Estimate.Share when values.Any(value => value is not (0 or 1)):
                throw new ArgumentException($"\"{Name}\" is a share: its values are 1 (yes) and 0 (no), not {values.First(value => value is not (0 or 1))}.");
            case Estimate.Share:
                var yes = values.Count(value => value == 1);
                return ((double)yes / values.Count, Interval.OfShare(yes, values.Count));
            case Estimate.Mean when values.Any(double.IsInfinity):
                throw new ArgumentException($"\"{Name}\" is a mean, and a value of it is ∞: take the median.");
            case Estimate.Mean:
                return (values.Average(), Interval.OfMean(values));
            case Estimate.Every:
                return (Median(values), Interval.OfRange(values));
            default:
                return (Median(values), Interval.OfMedian(values));
        }
    }

    private CriterionState StateOf(Interval interval)
    {
        var (low, high) = (Meets(interval.Low), Meets(interval.High));
        if (low && high)
        {
            return CriterionState.Holds;
        }

        // With "every" one value that misses is enough. An interval from below to above a "between" fails at both ends, yet decides nothing.
        var straddles = low != high || (Is == Comparison.Between && interval.Low < Threshold && interval.High > Upper);
        return straddles && Estimate != Estimate.Every ? CriterionState.Undecided : CriterionState.Fails;
    }

    private static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        var (lower, upper) = (sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]);
        return lower == upper ? lower : (lower / 2) + (upper / 2);
    }
}
