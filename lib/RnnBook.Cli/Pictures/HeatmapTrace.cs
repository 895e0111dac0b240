using System.Xml.Linq;

namespace RnnBook.Cli;

/// <summary>A table of numbers in colours.</summary>
internal sealed class HeatmapTrace : PictureTraces
{
    /// <summary>So many colours are told apart: neighbours of one colour become one stroke.</summary>
    private const int Colors = 64;

    /// <summary>By this much rows overlap, so that no line shows between them.</summary>
    private const double Overlap = 0.4;

    private readonly List<List<double?>> rows;
    private readonly double[] columnEdges;
    private readonly double[] rowEdges;
    private readonly IReadOnlyList<(double At, string Color)> scale;
    private readonly (double Low, double High) values;

    public HeatmapTrace(PlotlyTrace trace, PictureAxis x, PictureAxis y)
        : base(x, y)
    {
        rows = [.. trace.Json.At("z").Items().Select(row => row.Items().Select(PlotlyJson.Number).ToList())];
        columnEdges = Edges(trace.Json.At("x").Values(), x, rows.Select(row => row.Count).DefaultIfEmpty(0).Max());
        rowEdges = Edges(trace.Json.At("y").Values(), y, rows.Count);
        var stops = PictureColor.Scale(trace.Json.At("colorscale"))!;
        scale = trace.Json.At("reversescale").IsTrue() ? [.. stops.Reverse().Select(stop => (1 - stop.At, stop.Color))] : stops;
        var numbers = rows.SelectMany(row => row).OfType<double>().DefaultIfEmpty(0).ToList();
        values = (trace.Json.At("zmin").Number() ?? numbers.Min(), trace.Json.At("zmax").Number() ?? numbers.Max());
        Bar = trace.Json.At("showscale").IsFalse() ? null : new PictureColorBar(trace.Json.At("colorbar"), scale, values);
    }

    public PictureColorBar? Bar { get; }

    public override void Reach()
    {
        foreach (var edge in columnEdges)
        {
            X.Include(edge, null);
        }

        foreach (var edge in rowEdges)
        {
            Y.Include(edge, null);
        }
    }

    /// <summary>A path a colour, of strokes as thick as a row is high: the shortest form.</summary>
    public override IEnumerable<XElement> Draw()
    {
        foreach (var strokes in Strokes().GroupBy(stroke => (stroke.Color, stroke.Height)))
        {
            var path = new PicturePath();
            foreach (var (_, from, to, middle, _) in strokes)
            {
                path.Move(from, middle).Line(to, middle);
            }

            yield return PictureSvg.Element("path", ("d", path.ToString()), ("stroke", strokes.Key.Color), ("stroke-width", strokes.Key.Height), ("shape-rendering", "crispEdges"));
        }
    }

    private IEnumerable<(string Color, double From, double To, double Middle, double Height)> Strokes()
    {
        foreach (var (row, numbers) in rows.Index())
        {
            var (top, bottom) = (Y.Pixel(rowEdges[row]), Y.Pixel(rowEdges[row + 1]));
            var colors = numbers.Select(ColorOf).Append(null).ToList();
            for (var from = 0; from < numbers.Count;)
            {
                var to = from + 1;
                while (to < numbers.Count && colors[to] == colors[from])
                {
                    to++;
                }

                if (colors[from] is { } color)
                {
                    yield return (color, X.Pixel(columnEdges[from]), X.Pixel(columnEdges[to]), (top + bottom) / 2, Math.Round(Math.Abs(bottom - top), 1) + Overlap);
                }

                from = to;
            }
        }
    }

    private string? ColorOf(double? value) => value is { } number
        ? PictureColor.On(scale, Math.Round((values.High > values.Low ? Math.Clamp((number - values.Low) / (values.High - values.Low), 0, 1) : 0.5) * (Colors - 1)) / (Colors - 1))
        : null;

    /// <summary>Between the places of columns or rows, and as far beyond the outer ones; a place that is missing counts on.</summary>
    private static double[] Edges(IReadOnlyList<PlotlyValue>? places, PictureAxis axis, int count)
    {
        var at = Enumerable.Range(0, count).Select(index => places is null ? index : index < places.Count ? axis.Coordinate(places[index]) ?? index : index).ToArray();
        return count == 0 ? []
            : count == 1 ? [at[0] - 0.5, at[0] + 0.5]
            : [at[0] - ((at[1] - at[0]) / 2), .. at.Zip(at.Skip(1), (a, b) => (a + b) / 2), at[^1] + ((at[^1] - at[^2]) / 2)];
    }
}
