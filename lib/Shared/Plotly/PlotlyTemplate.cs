using System.Text.Json.Nodes;

namespace RnnBook.Showing;

/// <summary>
/// The look that all figures share. Colours of text and grid live here and only here, in greys that read on white and on
/// dark; a page that knows its own colours replaces them in <c>layout.template.layout</c>.
/// </summary>
internal static class PlotlyTemplate
{
    private const string Grid = "rgba(127,127,127,0.25)";

    public const int FontSize = 13;

    /// <summary>Text and reference lines where the page does not choose: readable on white and on dark.</summary>
    public const string Neutral = "#7F7F7F";

    /// <summary>
    /// Eight colours that stay apart for every kind of colour vision and stand out on white and on dark pages: those of Okabe and
    /// Ito (Color Universal Design, 2008), shifted until both held; their yellow and black, each lost on one of the two, are replaced.
    /// </summary>
    public static IReadOnlyList<string> Colors { get; } =
        ["#1F78C8", "#C84E00", "#1E9E6B", "#C264A0", "#C79400", "#4FA8E0", "#737373", "#8B5CF6"];

    public static JsonObject Create() => new()
    {
        ["layout"] = new JsonObject
        {
            ["font"] = new JsonObject
            {
                ["family"] = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
                ["size"] = FontSize,
                ["color"] = Neutral,
            },
            ["paper_bgcolor"] = "rgba(0,0,0,0)",
            ["plot_bgcolor"] = "rgba(0,0,0,0)",
            ["colorway"] = new JsonArray([.. Colors.Select(c => (JsonNode)c)]),
            ["xaxis"] = Axis(),
            ["yaxis"] = Axis(),
            ["scene"] = new JsonObject { ["xaxis"] = SceneAxis(), ["yaxis"] = SceneAxis(), ["zaxis"] = SceneAxis() },
            ["shapedefaults"] = new JsonObject { ["line"] = new JsonObject { ["color"] = Neutral } },
            ["annotationdefaults"] = new JsonObject { ["arrowcolor"] = Neutral, ["bgcolor"] = "rgba(0,0,0,0)" },
            ["sliderdefaults"] = new JsonObject
            {
                ["bgcolor"] = "rgba(127,127,127,0.35)",
                ["activebgcolor"] = Colors[0],
                ["bordercolor"] = "rgba(127,127,127,0.6)",
                ["tickcolor"] = Neutral,
            },

            // Dark in both modes: the page behind a transparent label would show through.
            ["hoverlabel"] = new JsonObject
            {
                ["bgcolor"] = "#24292F",
                ["bordercolor"] = "#24292F",
                ["font"] = new JsonObject { ["color"] = "#F5F5F5", ["size"] = 12 },
            },
            ["modebar"] = new JsonObject
            {
                ["bgcolor"] = "rgba(0,0,0,0)",
                ["color"] = "rgba(127,127,127,0.6)",
                ["activecolor"] = Neutral,
            },
        },
    };

    /// <summary>The look for charts that bring no margins and no place for a legend of their own.</summary>
    public static JsonObject ForGuests()
    {
        var template = Create();
        var look = template["layout"]!;
        look["margin"] = new JsonObject { ["l"] = 60, ["r"] = 20, ["t"] = 40, ["b"] = 52, ["pad"] = 2 };
        look["legend"] = new JsonObject
        {
            ["orientation"] = "h",
            ["yref"] = "container",
            ["y"] = 0,
            ["yanchor"] = "bottom",
            ["x"] = 0,
            ["bgcolor"] = "rgba(0,0,0,0)",
        };
        return template;
    }

    /// <summary>How a figure behaves.</summary>
    public static JsonObject Config() => new()
    {
        ["responsive"] = true,
        ["displaylogo"] = false,
        ["modeBarButtonsToRemove"] = new JsonArray("sendChartToCloud", "select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d"),
    };

    private static JsonObject Axis() => new()
    {
        ["gridcolor"] = Grid,
        ["gridwidth"] = 1,
        ["zerolinecolor"] = "rgba(127,127,127,0.5)",
        ["zerolinewidth"] = 1,
        ["linecolor"] = "rgba(127,127,127,0.5)",
        ["automargin"] = true,
        ["title"] = new JsonObject { ["standoff"] = 8, ["font"] = new JsonObject { ["size"] = FontSize } },
    };

    private static JsonObject SceneAxis() => new()
    {
        ["gridcolor"] = Grid,
        ["zerolinecolor"] = Grid,
        ["showbackground"] = false,
        ["showspikes"] = false,
        ["title"] = new JsonObject { ["font"] = new JsonObject { ["size"] = FontSize } },
    };
}
