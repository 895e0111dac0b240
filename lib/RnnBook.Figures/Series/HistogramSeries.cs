namespace RnnBook.Figures;

/// <summary>How often values fall into bins of equal width.</summary>
internal sealed class HistogramSeries : Series
{
    private readonly double[] values;
    private readonly int bins;

    public HistogramSeries(string name, double[] values, int bins)
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        (this.values, this.bins) = ([.. values.Where(double.IsFinite)], bins);
    }

    public override Extent XExtent(bool log) => Extent.Of(values);

    public override Extent YExtent(bool log) => new(log ? 1 : 0, Math.Max(1, Count(XExtent(false)).Max()));

    public override void Write(PanelTraces traces)
    {
        // Bins over all histograms of the panel: only then can heights be compared.
        var range = traces.Figure.Series.OfType<HistogramSeries>().Aggregate(Extent.Empty, (e, s) => e.Union(s.XExtent(false)));
        var counts = range.IsEmpty ? [] : Count(range);
        var width = Width(range);
        var trace = traces.NewTrace("bar", Name);
        trace["x"] = Numbers([.. counts.Select((_, i) => range.Low + ((i + 0.5) * width))]);
        trace["y"] = Numbers(Drawable(counts, traces.Figure.LogY));
        trace["width"] = JsonNumbers.Number(width);
        trace["marker"] = traces.BarMarker(Name);
        trace["hovertemplate"] = "around %{x:.3~g}: %{y}";
        traces.Add(trace);
    }

    public override string Describe(Figure figure) =>
        $"{values.Length} values {XExtent(false).Describe()}, median {Text.Number(Values.Median(values))}";

    private double Width(Extent range) => range.High > range.Low ? (range.High - range.Low) / bins : 1;

    private double[] Count(Extent range)
    {
        var counts = new double[range.High > range.Low ? bins : 1];
        foreach (var value in values)
        {
            counts[Math.Min((int)((value - range.Low) / Width(range)), counts.Length - 1)]++;
        }

        return counts;
    }
}
