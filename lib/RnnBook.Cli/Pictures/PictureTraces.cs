using System.Xml.Linq;

namespace RnnBook.Cli;

/// <summary>What stands between two axes: a line, a heatmap, or all bars of a panel.</summary>
/// <param name="x">The horizontal axis.</param>
/// <param name="y">The vertical axis.</param>
internal abstract class PictureTraces(PictureAxis x, PictureAxis y)
{
    public PictureAxis X { get; } = x;

    public PictureAxis Y { get; } = y;

    /// <summary>Tells the axes how far it reaches.</summary>
    public abstract void Reach();

    public abstract IEnumerable<XElement> Draw();

    /// <summary>The traces of a panel, in the order in which they lie on each other.</summary>
    public static IEnumerable<PictureTraces> Of(IReadOnlyList<PlotlyTrace> traces, PictureAxis x, PictureAxis y, PlotlyBars bars)
    {
        foreach (var trace in traces.Where(trace => trace.Type == "heatmap"))
        {
            yield return new HeatmapTrace(trace, x, y);
        }

        if (traces.Where(trace => trace.Type == "bar").ToList() is { Count: > 0 } all)
        {
            yield return new BarTraces(all, bars, x, y);
        }

        ScatterTrace? before = null;
        var sparse = 0;
        foreach (var trace in traces.Where(trace => trace.Type is "scatter" or "scattergl"))
        {
            before = new ScatterTrace(trace, x, y, before, sparse);
            sparse += before.MostMarkers > 0 ? 1 : 0;
            yield return before;
        }
    }

    /// <summary>A bar with a dash at both ends, along one of the axes.</summary>
    protected static void ErrorBar(PicturePath path, PictureAxis along, double across, double low, double high, double half)
    {
        if (along.IsX)
        {
            path.Move(low, across).Line(high, across).Move(low, across - half).Line(low, across + half).Move(high, across - half).Line(high, across + half);
        }
        else
        {
            path.Move(across, low).Line(across, high).Move(across - half, low).Line(across + half, low).Move(across - half, high).Line(across + half, high);
        }
    }

    protected static XElement? ErrorBars(PlotlyTrace trace, string name, PicturePath path)
    {
        var error = trace.Json.At(name);
        return path.IsEmpty ? null : PictureSvg.Element("path", ("d", path.ToString()), ("stroke", PictureColor.Of(error.At("color"), trace.Color)),
            ("stroke-width", Math.Clamp(error.At("thickness").Number() ?? 2, 0, 20)), ("fill", "none"));
    }
}

/// <summary>How a layout places bars.</summary>
/// <param name="Mode">group, overlay, stack or relative.</param>
/// <param name="Gap">What is free between two places, as a share of one.</param>
internal sealed record PlotlyBars(string Mode, double Gap);
