using System.Xml.Linq;

namespace RnnBook.Cli;

/// <summary>The marks of points, and the patterns of bars, which tell series apart without colour.</summary>
internal static class PictureMarker
{
    private static readonly (double X, double Y)[] Cross =
        [(1, -0.4), (1, 0.4), (0.4, 0.4), (0.4, 1), (-0.4, 1), (-0.4, 0.4), (-1, 0.4), (-1, -0.4), (-0.4, -0.4), (-0.4, -1), (0.4, -1), (0.4, -0.4)];

    /// <summary>Corners of the symbols, for a radius of one.</summary>
    private static readonly Dictionary<string, (double X, double Y)[]> Symbols = new()
    {
        ["square"] = [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        ["diamond"] = [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
        ["triangle-up"] = [(-1.15, 0.5), (1.15, 0.5), (0, -1)],
        ["triangle-down"] = [(-1.15, -0.5), (1.15, -0.5), (0, 1)],
        ["cross"] = Cross,
        ["x"] = [.. Cross.Select(corner => ((corner.X - corner.Y) / Math.Sqrt(2), (corner.X + corner.Y) / Math.Sqrt(2)))],
        ["star"] = [.. Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? 1.4 : 0.53, i * Math.PI / 5)).Select(tip => (tip.Item1 * Math.Sin(tip.Item2), -tip.Item1 * Math.Cos(tip.Item2)))],
    };

    private static readonly Dictionary<string, string> Patterns = new()
    {
        ["/"] = "M-1 1l2-2M0 7l7-7M6 8l2-2",
        ["\\"] = "M-1 6l2 2M0 0l7 7M6-1l2 2",
        ["x"] = "M-1 1l2-2M0 7l7-7M6 8l2-2M-1 6l2 2M0 0l7 7M6-1l2 2",
        ["-"] = "M0 3.5h7",
        ["|"] = "M3.5 0v7",
        ["+"] = "M0 3.5h7M3.5 0v7",
        ["."] = "M2.5 3.5h2",
    };

    /// <summary>All marks of a trace as one path.</summary>
    public static XElement Draw(PlotlyTrace trace, IEnumerable<(double X, double Y)> points)
    {
        var size = Math.Clamp(trace.Json.At("marker", "size").Number() ?? 6, 0.5, 100);
        var path = new PicturePath();
        var corners = Symbols.GetValueOrDefault(trace.Json.At("marker", "symbol").Text() ?? "");
        foreach (var (x, y) in points)
        {
            if (corners is null)
            {
                path.Move(x, y).Add("h0"); // its round ends are the circle
                continue;
            }

            path.Move(x + (corners[0].X * size / 2), y + (corners[0].Y * size / 2));
            foreach (var corner in corners.Skip(1))
            {
                path.Line(x + (corner.X * size / 2), y + (corner.Y * size / 2));
            }

            path.Add("z");
        }

        var opacity = trace.Opacity * Math.Clamp(trace.Json.At("marker", "opacity").Number() ?? 1, 0, 1);
        return PictureSvg.Element("path", ("d", path.ToString()), ("fill", corners is null ? "none" : trace.FillColor), ("opacity", PictureSvg.Opacity(opacity)),
            ("stroke", corners is null ? trace.FillColor : null), ("stroke-width", corners is null ? size : null), ("stroke-linecap", corners is null ? "round" : null));
    }

    /// <summary>The pattern over a trace's bars. Its id follows from what it is: other pictures in the same page may have it, too.</summary>
    public static (XElement Definition, string Fill)? Pattern(PlotlyTrace trace)
    {
        var shape = trace.Json.At("marker", "pattern", "shape").Text() ?? "";
        if (!Patterns.TryGetValue(shape, out var path))
        {
            return null;
        }

        var color = PictureColor.Of(trace.Json.At("marker", "pattern", "fgcolor"), trace.EdgeColor);
        var id = $"pattern-{(int)shape[0]}-{string.Concat(color.Where(char.IsAsciiLetterOrDigit))}";
        var definition = PictureSvg.Element("pattern", ("id", id), ("width", "7"), ("height", "7"), ("patternUnits", "userSpaceOnUse"));
        definition.Add(PictureSvg.Element("path", ("d", path), ("stroke", color), ("fill", "none"), ("stroke-width", shape == "." ? 2.0 : 1.0)));
        return (definition, $"url(#{id})");
    }
}
