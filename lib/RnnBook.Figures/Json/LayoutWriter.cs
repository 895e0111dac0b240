using System.Text.Json.Nodes;

namespace RnnBook.Figures;

/// <summary>Everything around the axes: title, legend, margins and height.</summary>
internal static class LayoutWriter
{
    /// <summary>Width of the text column for which sizes are chosen, in pixels; figures stretch with the page.</summary>
    private const int Column = 760;

    private const int TitleSize = 16;

    /// <summary>Plotly sets a title of several lines 11 pixels higher than a title of one.</summary>
    private const int TwoLineTop = 23;

    public static JsonObject Start(Figure figure, SeriesStyles styles, IReadOnlyList<Figure> panels)
    {
        var rows = (panels.Count + figure.Columns - 1) / figure.Columns;
        var title = Text.Wrap(figure.Title, 64);
        var subtitle = Text.Wrap(Subtitle(figure, panels), 110);
        var titleHeight = (Lines(title) + Lines(subtitle)) * 22;
        var top = 16 + titleHeight + (figure.Panels.Count > 0 ? 30 : 6);
        var legendHeight = styles.ShowLegend ? 10 + (20 * LegendRows(styles.LegendNames)) : 0;
        var bottom = (panels.Any(p => p.X.Length > 0) ? 52 : 32) + legendHeight;
        var plot = figure.Height ?? (rows * PlotHeight(panels, rows));

        var layout = new JsonObject
        {
            ["template"] = PlotlyTemplate.Create(),
            ["meta"] = new JsonObject { ["alt"] = figure.AlternativeText },
            ["autosize"] = true,
            ["uirevision"] = "keep",
            ["height"] = top + plot + bottom,
            ["margin"] = new JsonObject { ["l"] = 60, ["r"] = 20, ["t"] = top, ["b"] = bottom, ["pad"] = 2 },
            ["hovermode"] = panels.All(p => p.Series.All(s => s.ReadsAlongX)) ? "x unified" : "closest",
            ["showlegend"] = styles.ShowLegend,

            // Below the drawing, in rows: it never covers data and takes no width.
            ["legend"] = new JsonObject
            {
                ["orientation"] = "h",
                ["yref"] = "container",
                ["y"] = 0,
                ["yanchor"] = "bottom",
                ["x"] = 0,
                ["itemwidth"] = 40,
                ["tracegroupgap"] = 0,
                ["bgcolor"] = "rgba(0,0,0,0)",
            },
        };
        var histogram = panels.Any(p => p.Series.Any(s => s is HistogramSeries));
        if (histogram || panels.Any(p => p.Series.Any(s => s is BarSeries)))
        {
            layout["barmode"] = histogram ? "overlay" : "group";
            layout["bargap"] = histogram ? 0 : 0.25;
        }

        if (titleHeight > 0)
        {
            layout["title"] = Title(title, subtitle, (double)(top + plot + bottom));
        }

        return layout;
    }

    public static int PlotHeight(IReadOnlyList<Figure> panels, int rows) =>
        rows > 1 ? 230 : panels.Any(p => p.Series.Any(s => s is SurfaceSeries)) ? 420 : 300;

    public static void AddPanelTitle(JsonArray annotations, Figure part, Panel panel) => annotations.Add(new JsonObject
    {
        ["text"] = $"<b>{Text.ForPlotly(part.Title)}</b>",
        ["xref"] = "paper",
        ["yref"] = "paper",
        ["x"] = panel.X.Low,
        ["y"] = panel.Y.High,
        ["xanchor"] = "left",
        ["yanchor"] = "bottom",
        ["yshift"] = 6,
        ["bgcolor"] = "rgba(0,0,0,0)",
        ["showarrow"] = false,
    });

    private static JsonObject Title(string title, string subtitle, double height) => new()
    {
        ["text"] = string.Join("<br>", new[] { Bold(title), Small(subtitle) }.Where(t => t.Length > 0)),
        ["x"] = 0,
        ["xref"] = "container",
        ["xanchor"] = "left",
        ["y"] = 1 - ((Lines(title) + Lines(subtitle) > 1 ? TwoLineTop : 12) / height),
        ["yref"] = "container",
        ["yanchor"] = "top",
        ["pad"] = new JsonObject { ["l"] = 6 },
        ["font"] = new JsonObject { ["size"] = TitleSize },
    };

    private static string Bold(string text) => text.Length > 0 ? $"<b>{Text.ForPlotly(text)}</b>" : "";

    private static string Small(string text) => text.Length > 0 ? $"<span style=\"font-size:13px\">{Text.ForPlotly(text)}</span>" : "";

    /// <summary>The author's second line, and what a log axis had to leave out.</summary>
    private static string Subtitle(Figure figure, IReadOnlyList<Figure> panels)
    {
        var omissions = panels.SelectMany(p => p.Series.Select(s => s.Omission(p))).OfType<string>().ToList();
        return string.Join("<br>", new[] { figure.Subtitle, string.Join("; ", omissions) }.Where(t => t.Length > 0));
    }

    private static int Lines(string text) => text.Length == 0 ? 0 : text.Split("<br>").Length;

    private static int LegendRows(IReadOnlyList<string> names)
    {
        var rows = 1;
        var used = 0;
        foreach (var name in names)
        {
            var width = 55 + (7 * Text.Plain(name).Length);
            (rows, used) = used + width > Column - 90 ? (rows + 1, width) : (rows, used + width);
        }

        return rows;
    }
}
