using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RnnBook.Showing;

/// <summary>
/// A chart of Plotly.NET as a figure of the book: plotly.js data in the common look, with words for those who cannot see it.
/// </summary>
internal sealed partial class GuestChart
{
    private const int UsualHeight = 420;

    /// <summary>Plotly.NET gives every chart this size, in pixels; a page knows better how wide its column is.</summary>
    private const int DefaultSize = 600;

    /// <summary>
    /// The background of the template that Plotly.NET gives every chart: nobody chose it, and on a dark page it is a light box.
    /// </summary>
    private const string DefaultBackground = "rgba(229, 236, 246, 1.0)";

    private GuestChart(JsonObject figure)
    {
        Figure = figure;
        AlternativeText = ChartWords.Of(figure);
        figure["layout"]!["meta"] = new JsonObject { ["alt"] = AlternativeText };
    }

    /// <summary>An object with data, layout and config, as plotly.js takes it.</summary>
    public JsonObject Figure { get; }

    /// <summary>The author's words (<c>layout.meta.alt</c>), or what the data show.</summary>
    public string AlternativeText { get; }

    /// <summary>Reads what <c>GenericChart.toJson</c> writes.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static GuestChart Read(string json)
    {
        var chart = Parse(json).AsObject();
        return Create(chart["data"], chart["layout"], chart["config"]);
    }

    /// <summary>Reads what <c>GenericChart.toChartHTML</c> and its kin write; null for any other html.</summary>
    public static GuestChart? ReadHtml(string html) =>
        Script().Match(html) is { Success: true } script
            ? Create(Parse(script.Groups["data"].Value), Parse(script.Groups["layout"].Value), Parse(script.Groups["config"].Value))
            : null;

    private static GuestChart Create(JsonNode? data, JsonNode? layout, JsonNode? config)
    {
        var figure = new JsonObject
        {
            ["data"] = data?.DeepClone() ?? new JsonArray(),
            ["layout"] = layout?.DeepClone() ?? new JsonObject(),
            ["config"] = config?.DeepClone() ?? new JsonObject(),
        };
        ReplaceNotFinite(figure["data"]!);
        GiveLook(figure["layout"]!.AsObject());
        foreach (var (name, value) in PlotlyTemplate.Config())
        {
            figure["config"]![name] = value?.DeepClone();
        }

        return new GuestChart(figure);
    }

    private static void GiveLook(JsonObject layout)
    {
        if (IsNumber(layout["width"], DefaultSize) && IsNumber(layout["height"], DefaultSize))
        {
            layout.Remove("width");
            layout.Remove("height");
        }

        layout["height"] ??= UsualHeight;
        if (layout["template"]?["layout"]?["plot_bgcolor"] is not { } background || background.ToString() == DefaultBackground)
        {
            layout["template"] = PlotlyTemplate.ForGuests();
        }
    }

    private static bool IsNumber(JsonNode? node, double value) =>
        node is JsonValue number && number.TryGetValue<double>(out var read) && read == value;

    /// <summary>JSON has no NaN: what is not finite becomes null, which plotly.js shows as a gap. Names stay what they are.</summary>
    private static void ReplaceNotFinite(JsonNode node)
    {
        if (node is JsonObject trace)
        {
            foreach (var (_, child) in trace)
            {
                if (child is not null)
                {
                    ReplaceNotFinite(child);
                }
            }
        }
        else if (node is JsonArray list)
        {
            var isNumeric = list.Any(item => item?.GetValueKind() == JsonValueKind.Number) || list.All(IsNotFinite);
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is JsonValue && isNumeric && IsNotFinite(list[i]))
                {
                    list[i] = null;
                }
                else if (list[i] is { } child)
                {
                    ReplaceNotFinite(child);
                }
            }
        }
    }

    private static bool IsNotFinite(JsonNode? item) =>
        item is null || (item.GetValueKind() == JsonValueKind.String && (string?)item is "NaN" or "Infinity" or "-Infinity");

    /// <summary>Reads JSON in which bare NaN and Infinity stand for numbers.</summary>
    private static JsonNode Parse(string json) =>
        JsonNode.Parse(TextOrNotFinite().Replace(json, found => found.Value[0] == '"' ? found.Value : "null"))
        ?? throw new JsonException("A chart cannot be null.");

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b
        """)]
    private static partial Regex TextOrNotFinite();

    [GeneratedRegex(
        @"var data = (?<data>\[.*\]);\s*var layout = (?<layout>\{.*\});\s*var config = (?<config>\{.*\});\s*Plotly\.(?:newPlot|react)\(",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Script();
}
