using System.Text.Json.Nodes;

namespace RnnBook.Figures;

/// <summary>A bar for each label, with an error bar if wanted.</summary>
internal sealed class BarSeries : Series
{
    private readonly string[] labels;
    private readonly double[] values;
    private readonly double[]? below;
    private readonly double[]? above;

    public BarSeries(string name, string[] labels, double[] values, double[]? below, double[]? above)
        : base(name)
    {
        RequireSameLength(labels.Length, values.Length, $"Bars '{name}'");
        RequireSameLength(labels.Length, below?.Length ?? labels.Length, $"Error bars '{name}'");
        if (labels.Distinct().Count() != labels.Length)
        {
            throw new ArgumentException($"Bars '{name}' have the same label twice.", nameof(labels));
        }

        (this.labels, this.values, this.below, this.above) = (labels, values, below, above);
    }

    /// <summary>Median of the runs of each label; the error bar reaches from their minimum to their maximum.</summary>
    public static BarSeries OverRuns(string name, string[] labels, double[][] runs)
    {
        var finite = Array.ConvertAll(runs, run => run.Where(double.IsFinite).ToArray());
        var medians = Array.ConvertAll(finite, Values.Median);
        var below = medians.Zip(finite, (m, run) => run.Length > 0 ? m - run.Min() : 0).ToArray();
        var above = medians.Zip(finite, (m, run) => run.Length > 0 ? run.Max() - m : 0).ToArray();
        return new BarSeries(name, labels, medians, below, above);
    }

    public override Extent XExtent(bool log) => Extent.Empty;

    public override Extent YExtent(bool log)
    {
        var ends = Extent.Of(values.Zip(below ?? values, (v, b) => below is null ? v : v - b), log)
            .Union(Extent.Of(values.Zip(above ?? values, (v, a) => above is null ? v : v + a), log));
        return log ? ends : ends.Union(new Extent(0, 0));
    }

    public override void Write(PanelTraces traces)
    {
        var trace = traces.NewTrace("bar", Name);
        trace["x"] = new JsonArray([.. labels.Select(l => (JsonNode)Text.ForPlotly(l))]);
        trace["y"] = Numbers(Drawable(values, traces.Figure.LogY));
        trace["marker"] = traces.BarMarker(Name);
        trace["hovertemplate"] = "%{x}: %{y:.4~g}";
        if (below is not null && above is not null)
        {
            trace["error_y"] = new JsonObject
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["array"] = Numbers(above),
                ["arrayminus"] = Numbers(below),
                ["color"] = traces.Color(Name),
                ["thickness"] = 2,
                ["width"] = 6,
            };
        }

        traces.Add(trace);
    }

    public override string Describe(Figure figure) =>
        string.Join(", ", labels.Zip(values, (l, v) => $"{l} {Text.Number(v)}"));

    public override string? Omission(Figure figure) => figure.LogY ? NotPositive(Name, values) : null;
}
