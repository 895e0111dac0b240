using System.Text.Json.Nodes;

namespace RnnBook.Figures;

/// <summary>Collects the traces of one panel, and styles them.</summary>
internal sealed class PanelTraces(Figure figure, SeriesStyles styles, Panel panel, int maxPoints, JsonArray traces)
{
    /// <summary>Whether series must be told apart, so that more than colour is needed.</summary>
    private readonly bool manySeries = figure.Series.Where(s => s.HasLegend).Select(s => s.Name).Distinct().Count() > 1;

    public Figure Figure { get; } = figure;

    public int MaxPoints { get; } = maxPoints;

    public void Add(JsonObject trace)
    {
        // The trace with a legend entry is the first one that wants it.
        if (trace["showlegend"] is null && trace["name"] is not null)
        {
            trace["showlegend"] = styles.TakesLegendEntry((string)trace["name"]!);
        }

        traces.Add(trace);
    }

    public JsonObject NewTrace(string type, string name)
    {
        var trace = new JsonObject { ["type"] = type };
        if (name.Length > 0)
        {
            trace["name"] = Text.ForPlotly(name);
            trace["legendgroup"] = name;
        }

        trace["xaxis"] = panel.XAxis;
        trace["yaxis"] = panel.YAxis;
        return trace;
    }

    public JsonObject NewSceneTrace(string type) => new() { ["type"] = type, ["scene"] = panel.Scene };

    public string Color(string name, double opacity = 1)
    {
        var color = Palette.At(Palette.Colors, styles.Index(name));
        return opacity < 1 ? Palette.WithOpacity(color, opacity) : color;
    }

    public string Symbol(string name) => Palette.At(Palette.Symbols, styles.Index(name));

    /// <summary>A light fill, so that overlapping bars and error bars show, with a pattern where bars must be told apart.</summary>
    public JsonObject BarMarker(string name)
    {
        var marker = new JsonObject
        {
            ["color"] = Color(name, 0.5),
            ["line"] = new JsonObject { ["color"] = Color(name), ["width"] = 1 },
        };
        if (manySeries && Palette.At(Palette.Patterns, styles.Index(name)) is { Length: > 0 } shape)
        {
            marker["pattern"] = new JsonObject
            {
                ["shape"] = shape,
                ["fillmode"] = "overlay",
                ["fgcolor"] = Color(name),
                ["size"] = 7,
                ["solidity"] = 0.2,
            };
        }

        return marker;
    }

    /// <summary>A line in the name's colour and dash, with a few of its markers, or all of them on a short line.</summary>
    public void StyleLine(JsonObject trace, string name, int count)
    {
        var index = styles.Index(name);
        var few = count <= 15;
        trace["mode"] = few || manySeries ? "lines+markers" : "lines";
        trace["line"] = new JsonObject
        {
            ["color"] = Color(name),
            ["width"] = 2,
            ["dash"] = manySeries ? Palette.At(Palette.Dashes, index) : "solid",
        };
        trace["marker"] = new JsonObject
        {
            ["symbol"] = Symbol(name),
            ["size"] = 7,
            ["maxdisplayed"] = few ? 0 : 9,
        };
    }

    public JsonObject ColorBar() => new()
    {
        ["thickness"] = 14,
        ["outlinewidth"] = 0,
        ["x"] = panel.X.High,
        ["xanchor"] = "left",
        ["xpad"] = 8,
        ["y"] = (panel.Y.Low + panel.Y.High) / 2,
        ["len"] = panel.Y.High - panel.Y.Low,
        ["title"] = new JsonObject { ["text"] = Text.ForPlotly(Figure.Z), ["side"] = "top", ["font"] = new JsonObject { ["size"] = PlotlyTemplate.FontSize } },
    };
}
