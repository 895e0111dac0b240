using System.Text.Json.Nodes;

namespace RnnBook.Figures;

/// <summary>Everything around the axes: title, legend, margins and height.</summary>
internal static class LayoutWriter
{
    /// <summary>Width of the text column for which sizes are chosen, in pixels; figures stretch with the page.</summary>
    private const int Column = 760;

    private const int TitleSize = 16;

    public static JsonObject Start(Figure figure, SeriesStyles styles, IReadOnlyList<Figure> panels)
    {
        var rows = (panels.Count + figure.Columns - 1) / figure.Columns;
        var title = Text.Wrap(figure.Title, 80);
        var subtitle = Text.Wrap(Subtitle(figure, panels), 110);
        var titleHeight = (Lines(title) * 22) + (Lines(subtitle) * 18);
        var top = 16 + titleHeight + (figure.Panels.Count > 0 ? 30 : 6);
        var legendHeight = styles.ShowLegend ? 14 + (22 * LegendRows(styles.LegendNames)) : 0;
        var bottom = 54 + legendHeight;
        var plot = figure.Height ?? (rows * PlotHeight(panels, rows));

        var layout = new JsonObject
        {
            ["template"] = Template.Create(),
            ["meta"] = new JsonObject { ["alt"] = figure.AlternativeText },
            ["autosize"] = true,
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
        ["showarrow"] = false,
    });

    private static JsonObject Title(string title, string subtitle, double height)
    {
        var node = new JsonObject
        {
            ["text"] = $"<b>{Text.ForPlotly(title)}</b>",
            ["x"] = 0,
            ["xref"] = "container",
            ["xanchor"] = "left",
            ["y"] = 1 - (12 / height),
            ["yref"] = "container",
            ["yanchor"] = "top",
            ["pad"] = new JsonObject { ["l"] = 6 },
            ["font"] = new JsonObject { ["size"] = TitleSize },
        };
        if (subtitle.Length > 0)
        {
            node["subtitle"] = new JsonObject { ["text"] = Text.ForPlotly(subtitle), ["font"] = new JsonObject { ["size"] = 13 } };
        }

        return node;
    }

    /// <summary>The author's second line, and what a log axis had to leave out.</summary>
    private static string Subtitle(Figure figure, IReadOnlyList<Figure> panels)
    {
        var omissions = panels.SelectMany(p => p.Series.Select(s => s.Omission(p))).OfType<string>().ToList();
        return string.Join("<br>", new[] { figure.Subtitle, string.Join("; ", omissions) }.Where(t => t.Length > 0));
    }

    private static int Lines(string text) => text.Length == 0 ? 0 : text.Split("<br>").Length;

    private static int LegendRows(IReadOnlyList<string> names)
    {
        // Plotly gives all entries the width of the widest.
        var widest = names.Max(n => Text.Plain(n).Length * 7) + 70;
        var inRow = Math.Max(1, (Column - 60) / widest);
        return (names.Count + inRow - 1) / inRow;
    }
}
