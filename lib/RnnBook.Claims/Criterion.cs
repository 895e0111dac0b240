namespace RnnBook;

/// <summary>How a measured median is compared with a threshold.</summary>
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

/// <summary>One measurable condition of a claim, written down before the measurement.</summary>
/// <param name="Name">What the measuring cell calls the quantity, such as "success-irnn".</param>
/// <param name="ForQualified">
/// False: it must hold for the claim as stated. True: it must hold for the claim under its condition.
/// </param>
/// <param name="Is">How the median is compared.</param>
/// <param name="Threshold">The threshold; the lower one of "between".</param>
/// <param name="Upper">The upper threshold of "between", else equal to <paramref name="Threshold"/>.</param>
/// <param name="Text">What is measured, in words.</param>
public sealed record Criterion(string Name, bool ForQualified, Comparison Is, double Threshold, double Upper, string Text)
{
    /// <summary>How claims.json writes the comparison.</summary>
    public string Sign => ClaimWords.Comparisons[(int)Is];

    /// <summary>The condition as text, such as "≥ 0.8" or "0.4 to 0.6".</summary>
    public string ThresholdText => Is == Comparison.Between
        ? $"{ClaimWords.Number(Threshold)} to {ClaimWords.Number(Upper)}"
        : $"{"≥≤><"[(int)Is]} {ClaimWords.Number(Threshold)}";

    /// <summary>True if the value meets the condition; never for NaN.</summary>
    public bool Holds(double value) => Is switch
    {
        Comparison.AtLeast => value >= Threshold,
        Comparison.AtMost => value <= Threshold,
        Comparison.Above => value > Threshold,
        Comparison.Below => value < Threshold,
        _ => value >= Threshold && value <= Upper,
    };

    /// <summary>Compares the median of what was measured.</summary>
    /// <param name="values">One value a run, at least one, no NaN.</param>
    internal Measurement Judge(double[] values)
    {
        var sorted = values.Order().ToArray();
        var (lower, upper) = (sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]);
        var median = lower == upper ? lower : (lower / 2) + (upper / 2);
        return new Measurement(this, median, sorted[0], sorted[^1], sorted.Length, Holds(median));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {ThresholdText}: {Text}";
}
