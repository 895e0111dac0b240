using System.Text.Json.Nodes;

namespace RnnBook.Figures;

/// <summary>Points.</summary>
internal sealed class ScatterSeries : Series
{
    private readonly double[] x;
    private readonly double[] y;

    public ScatterSeries(string name, double[] x, double[] y)
        : base(name)
    {
        RequireSameLength(x.Length, y.Length, $"Scatter '{name}'");
        (this.x, this.y) = (x, y);
    }

    public override Extent XExtent(bool log) => Extent.Of(x, log);

    public override Extent YExtent(bool log) => Extent.Of(y, log);

    public override void Write(PanelTraces traces)
    {
        var xs = Drawable(x, traces.Figure.LogX);
        var ys = Drawable(y, traces.Figure.LogY);
        var kept = Thinning.Keep(traces.MaxPoints, xs, ys);
        var trace = traces.NewTrace("scatter", Name);
        trace["x"] = Numbers(Thinning.Pick(xs, kept));
        trace["y"] = Numbers(Thinning.Pick(ys, kept));
        trace["mode"] = "markers";
        trace["marker"] = new JsonObject
        {
            ["color"] = traces.Color(Name),
            ["symbol"] = traces.Symbol(Name),
            ["size"] = kept.Length > 300 ? 5 : 8,
            ["opacity"] = kept.Length > 300 ? 0.6 : 0.85,
        };
        trace["hovertemplate"] = "(%{x:.4~g}, %{y:.4~g})";
        traces.Add(trace);
    }

    public override string Describe(Figure figure) =>
        $"{x.Length} points, x {XExtent(false).Describe()}, y {YExtent(false).Describe()}";

    public override string? Omission(Figure figure) =>
        figure.LogY && NotPositive(Name, y) is { } why ? why : figure.LogX ? NotPositive(Name, x) : null;
}
