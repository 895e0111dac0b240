namespace RnnBook.Figures;

/// <summary>A table of numbers in colours.</summary>
internal sealed class HeatmapSeries : Series
{
    private readonly double[,] z;
    private readonly double[]? x;
    private readonly double[]? y;
    private readonly bool logColor;

    public HeatmapSeries(double[,] z, double[]? x, double[]? y, bool logColor)
        : base("")
    {
        RequireSameLength(x?.Length ?? z.GetLength(1), z.GetLength(1), "Heatmap columns");
        RequireSameLength(y?.Length ?? z.GetLength(0), z.GetLength(0), "Heatmap rows");
        (this.z, this.x, this.y, this.logColor) = ((double[,])z.Clone(), x, y, logColor);
    }

    public override bool HasLegend => false;

    /// <summary>Number of rows where they are counted, from the top; null where they have positions.</summary>
    public int? CountedRows => y is null ? z.GetLength(0) : null;

    public int? CountedColumns => x is null ? z.GetLength(1) : null;

    public override Extent XExtent(bool log) => x is null ? new Extent(-0.5, z.GetLength(1) - 0.5) : Extent.Of(x, log);

    public override Extent YExtent(bool log) => y is null ? new Extent(-0.5, z.GetLength(0) - 0.5) : Extent.Of(y, log);

    public override void Write(PanelTraces traces)
    {
        var trace = traces.NewTrace("heatmap", "");
        if (x is not null)
        {
            trace["x"] = Numbers(x);
        }

        if (y is not null)
        {
            trace["y"] = Numbers(y);
        }

        trace["z"] = JsonNumbers.Rows(z, v => !logColor ? v : v > 0 ? Math.Log10(v) : double.NaN);
        trace["colorbar"] = traces.ColorBar();
        trace["hovertemplate"] = logColor ? "%{x}, %{y}: 10^%{z:.2f}<extra></extra>" : "%{x}, %{y}: %{z:.4~g}<extra></extra>";
        var colors = traces.Figure.ZRange is { } range ? new Extent(range.Low, range.High) : Extent.Of(z.Cast<double>(), logColor);
        ColorScale.Apply(trace, "z", colors, logColor);
        traces.Add(trace);
    }

    public override string Describe(Figure figure) =>
        $"{z.GetLength(0)} rows by {z.GetLength(1)} columns, values {Extent.Of(z.Cast<double>()).Describe()}";

    public override string? Omission(Figure figure) => logColor ? NotPositive("", [.. z.Cast<double>()]) : null;
}
