namespace RnnBook.Figures;

/// <summary>A line through points.</summary>
internal sealed class LineSeries : Series
{
    private readonly double[] x;
    private readonly double[] y;

    public LineSeries(string name, double[] x, double[] y)
        : base(name)
    {
        RequireSameLength(x.Length, y.Length, $"Line '{name}'");
        (this.x, this.y) = (x, y);
    }

    public override bool ReadsAlongX => true;

    public override Extent XExtent(bool log) => Extent.Of(x, log);

    public override Extent YExtent(bool log) => Extent.Of(y, log);

    public override void Write(PanelTraces traces)
    {
        var xs = Drawable(x, traces.Figure.LogX);
        var ys = Drawable(y, traces.Figure.LogY);
        var kept = Thinning.Keep(traces.MaxPoints, ys);
        var trace = traces.NewTrace("scatter", Name);
        trace["x"] = Numbers(Thinning.Pick(xs, kept));
        trace["y"] = Numbers(Thinning.Pick(ys, kept));
        trace["hovertemplate"] = "%{y:.4~g}";
        traces.StyleLine(trace, Name, kept.Length);
        traces.Add(trace);
    }

    public override string Describe(Figure figure)
    {
        var extent = YExtent(false);
        if (extent.IsEmpty)
        {
            return "no finite value";
        }

        if (extent.Low == extent.High)
        {
            return $"always {Text.Number(extent.Low)}";
        }

        var first = Array.Find(y, double.IsFinite);
        var last = Array.FindLast(y, double.IsFinite);
        return $"from {Text.Number(first)} to {Text.Number(last)}, lowest {Text.Number(extent.Low)}, highest {Text.Number(extent.High)}";
    }

    public override string? Omission(Figure figure) => figure.LogY ? NotPositive(Name, y) : null;
}
