using System.Text.Json.Nodes;
using static System.FormattableString;

namespace RnnBook.Figures;

/// <summary>The axes of one panel: names, ranges, readable ticks.</summary>
internal static class AxisWriter
{
    /// <summary>Plotly draws powers a quarter larger than it is told.</summary>
    private const double PowerSize = 10.5;

    public static void Write(JsonObject layout, Figure figure, Panel panel)
    {
        if (figure.Series.Any(s => s is SurfaceSeries))
        {
            layout[panel.Scene] = Scene(figure, panel);
            return;
        }

        var heatmap = figure.Series.OfType<HeatmapSeries>().FirstOrDefault();
        var x = Axis(figure.X, figure.LogX, figure.XRange, figure.Series.Aggregate(Extent.Empty, (e, s) => e.Union(s.XExtent(figure.LogX))));
        var y = Axis(figure.Y, figure.LogY, figure.YRange, figure.Series.Aggregate(Extent.Empty, (e, s) => e.Union(s.YExtent(figure.LogY))));
        if (figure.XRange is null && !figure.LogX && figure.Series.Count > 0 && figure.Series.All(s => s.ReadsAlongX)
            && Tight(figure.Series.Aggregate(Extent.Empty, (e, s) => e.Union(s.XExtent(false)))) is { } tight)
        {
            x["range"] = tight;
        }

        if (figure.EqualScale)
        {
            (y["scaleanchor"], x["constrain"], y["constrain"]) = (panel.XAxis, "domain", "domain");
        }

        (x["domain"], y["domain"]) = (Domain(panel.X), Domain(panel.Y));
        (x["anchor"], y["anchor"]) = (panel.YAxis, panel.XAxis);
        if (heatmap is not null)
        {
            (x["showgrid"], y["showgrid"], x["zeroline"], y["zeroline"]) = (false, false, false, false);
            CountCells(x, heatmap.CountedColumns);
            CountCells(y, heatmap.CountedRows);
        }

        if (heatmap is { CountedRows: not null } && figure.YRange is null)
        {
            y["autorange"] = "reversed";
        }

        layout[panel.XAxisName] = x;
        layout[panel.YAxisName] = y;
    }

    /// <summary>Ends of an axis as plotly takes them: logarithms on a logarithmic axis.</summary>
    public static JsonArray Range(double low, double high, bool log) => log
        ? JsonNumbers.Array([Math.Log10(low), Math.Log10(high)])
        : JsonNumbers.Array([low, high]);

    private static JsonObject Axis(string name, bool log, (double Low, double High)? range, Extent data)
    {
        var axis = new JsonObject { ["title"] = new JsonObject { ["text"] = Text.ForPlotly(name) } };
        if (range is { } given)
        {
            if (!(given.Low != given.High) || (log && (given.Low <= 0 || given.High <= 0)))
            {
                throw new ArgumentException(Invariant($"Axis '{name}' cannot range from {given.Low} to {given.High}{(log ? " on a log scale" : "")}."));
            }

            axis["range"] = Range(given.Low, given.High, log);
            data = new Extent(Math.Min(given.Low, given.High), Math.Max(given.Low, given.High));
        }

        if (log)
        {
            axis["type"] = "log";
            axis["exponentformat"] = "power";
            var decades = data.IsEmpty ? 0 : Math.Log10(data.High / data.Low);
            if (decades > 1.5)
            {
                // Powers of ten only, about seven of them: plotly would squeeze 2s and 5s between.
                axis["dtick"] = Math.Max(1, Math.Ceiling(decades / 8));
                axis["minorloglabels"] = "none";
                axis["tickfont"] = new JsonObject { ["size"] = PowerSize };
            }
        }

        return axis;
    }

    /// <summary>Time series fill the width: plotly would leave room for markers at both ends.</summary>
    private static JsonArray? Tight(Extent extent)
    {
        var margin = 0.012 * (extent.High - extent.Low);
        return margin > 0 ? JsonNumbers.Array([extent.Low - margin, extent.High + margin]) : null;
    }

    /// <summary>A few rows or columns are all numbered, and never by halves.</summary>
    private static void CountCells(JsonObject axis, int? count)
    {
        if (count <= 12)
        {
            axis["dtick"] = 1;
        }
    }

    private static JsonObject Scene(Figure figure, Panel panel) => new()
    {
        ["domain"] = new JsonObject { ["x"] = Domain(panel.X), ["y"] = Domain(panel.Y) },
        ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = Text.ForPlotly(figure.X) } },
        ["yaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = Text.ForPlotly(figure.Y) } },
        ["zaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = Text.ForPlotly(figure.Z) } },
        ["aspectmode"] = "cube",
        ["camera"] = new JsonObject
        {
            ["eye"] = new JsonObject { ["x"] = -1.45, ["y"] = -1.65, ["z"] = 0.95 },
            ["center"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["z"] = -0.18 },
        },
    };

    private static JsonArray Domain((double Low, double High) range) => JsonNumbers.Array([range.Low, range.High]);
}
