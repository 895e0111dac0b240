using System.Text.Json;
using System.Xml.Linq;

namespace RnnBook.Cli;

/// <summary>The legend: below the drawing, in rows, each name once.</summary>
internal sealed class PictureLegend
{
    private const double RowHeight = 20;

    private const double SampleWidth = 34;

    private readonly List<(PlotlyTrace Trace, PictureText Name, double X, int Row)> entries = [];

    public PictureLegend(JsonElement layout, IEnumerable<PlotlyTrace> traces, double width)
    {
        var named = traces.Where(trace => trace.Type != "heatmap" && !trace.Json.At("showlegend").IsFalse()).DistinctBy(trace => trace.Name).ToList();
        var isWanted = layout.At("showlegend").IsTrue() || named.Count > 1 || named.Any(trace => trace.Json.At("showlegend").IsTrue());
        var (x, row) = (0.0, 0);
        foreach (var trace in named.Where(_ => isWanted && !layout.At("showlegend").IsFalse()))
        {
            var name = new PictureText(trace.Name);
            var needed = SampleWidth + 8 + name.Width;
            (x, row) = x > 0 && x + needed > width ? (0, row + 1) : (x, row);
            entries.Add((trace, name, x, row));
            x += needed + 18;
        }
    }

    public double Height => entries.Count == 0 ? 0 : 6 + (RowHeight * (entries[^1].Row + 1));

    public IEnumerable<XElement> Draw(double left, double top, double width)
    {
        foreach (var (trace, name, x, row) in entries)
        {
            var y = top + 6 + (RowHeight * (row + 0.5));
            foreach (var part in trace.Sample(left + x, y))
            {
                yield return part;
            }

            yield return name.Draw(left + x + SampleWidth + 8, y + (PictureText.Size / 3), mostWidth: width - SampleWidth - 8);
        }
    }
}
