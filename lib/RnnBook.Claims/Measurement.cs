namespace RnnBook;

/// <summary>What was measured for one criterion.</summary>
/// <param name="Criterion">The criterion.</param>
/// <param name="Value">The estimate: median, mean or share over the runs.</param>
/// <param name="Interval">Its 95 % interval; for "every" the range of the values. This is what is compared.</param>
/// <param name="Range">Smallest and largest value.</param>
/// <param name="Count">Number of runs.</param>
/// <param name="State">What follows.</param>
public sealed record Measurement(Criterion Criterion, double Value, Interval Interval, Interval Range, int Count, CriterionState State)
{
    /// <summary>Whether the whole interval is on the right side.</summary>
    public bool Holds => State == CriterionState.Holds;

    /// <summary>Estimate and interval as text, such as "0.93 [0.85 to 1]".</summary>
    public string MeasuredText => Interval.Low == Interval.High
        ? ClaimWords.Number(Value)
        : $"{ClaimWords.Number(Value)} [{Interval}]";

    /// <summary>✓, ✗, or ? where the interval lies on both sides.</summary>
    public char Mark => "✓✗?"[(int)State];

    /// <inheritdoc/>
    public override string ToString() => $"{Mark} {Criterion.Text}: {MeasuredText}, n = {Count}, needs {Criterion.ThresholdText}";
}
