namespace RnnBook.Figures;

/// <summary>A height over a plane.</summary>
internal sealed class SurfaceSeries : Series
{
    private readonly double[,] z;
    private readonly double[]? x;
    private readonly double[]? y;

    public SurfaceSeries(double[,] z, double[]? x, double[]? y)
        : base("")
    {
        RequireSameLength(x?.Length ?? z.GetLength(1), z.GetLength(1), "Surface columns");
        RequireSameLength(y?.Length ?? z.GetLength(0), z.GetLength(0), "Surface rows");
        (this.z, this.x, this.y) = ((double[,])z.Clone(), x, y);
    }

    public override bool HasLegend => false;

    public override Extent XExtent(bool log) => x is null ? new Extent(0, z.GetLength(1) - 1) : Extent.Of(x);

    public override Extent YExtent(bool log) => y is null ? new Extent(0, z.GetLength(0) - 1) : Extent.Of(y);

    public override void Write(PanelTraces traces)
    {
        var trace = traces.NewSceneTrace("surface");
        if (x is not null)
        {
            trace["x"] = Numbers(x);
        }

        if (y is not null)
        {
            trace["y"] = Numbers(y);
        }

        trace["z"] = JsonNumbers.Rows(z, v => v);
        trace["colorbar"] = traces.ColorBar();
        ColorScale.Apply(trace, "c", Extent.Of(z.Cast<double>()), log: false);
        traces.Add(trace);
    }

    public override string Describe(Figure figure) =>
        $"{z.GetLength(0)} by {z.GetLength(1)} heights {Extent.Of(z.Cast<double>()).Describe()}";
}
