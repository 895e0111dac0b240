namespace RnnBook;

/// <summary>What was measured for one criterion.</summary>
/// <param name="Criterion">The criterion.</param>
/// <param name="Median">Median over the runs: this is what is compared.</param>
/// <param name="Low">Smallest value.</param>
/// <param name="High">Largest value.</param>
/// <param name="Count">Number of runs.</param>
/// <param name="Holds">Whether the median meets the threshold.</param>
public sealed record Measurement(Criterion Criterion, double Median, double Low, double High, int Count, bool Holds)
{
    /// <summary>Median and range as text, such as "0.93 [0.85 to 1]".</summary>
    public string MeasuredText => Low == High
        ? ClaimWords.Number(Median)
        : $"{ClaimWords.Number(Median)} [{ClaimWords.Number(Low)} to {ClaimWords.Number(High)}]";

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Holds ? '✓' : '✗')} {Criterion.Text}: {MeasuredText}, n = {Count}, needs {Criterion.ThresholdText}";
}
