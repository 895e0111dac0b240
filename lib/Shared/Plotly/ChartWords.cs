using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RnnBook.Showing;

/// <summary>Tells a plotly.js figure in words: its title, its axes, and of each trace its kind, its name and its range.</summary>
internal static partial class ChartWords
{
    private const int MaximumTraces = 8;

    public static string Of(JsonObject figure)
    {
        var layout = figure["layout"]!;
        if (Text(layout["meta"] as JsonObject is { } meta ? meta["alt"] : null) is { Length: > 0 } written)
        {
            return written;
        }

        var traces = (figure["data"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var sentences = traces.Take(MaximumTraces).Select(Trace).Prepend(Axes(layout)).Prepend(Title(layout["title"]));
        var rest = traces.Count > MaximumTraces ? $"{traces.Count - MaximumTraces} more." : traces.Count == 0 ? "Empty chart." : "";
        return string.Join(" ", sentences.Append(rest).Where(sentence => sentence.Length > 0).Select(Sentence));
    }

    private static string Axes(JsonNode layout) => (Title(layout["yaxis"]?["title"]), Title(layout["xaxis"]?["title"])) switch
    {
        ("", "") => "",
        (var y, "") => $"Vertical axis: {y}",
        ("", var x) => $"Horizontal axis: {x}",
        var (y, x) => $"{y} against {x}",
    };

    private static string Trace(JsonObject trace)
    {
        var type = Text(trace["type"]) is { Length: > 0 } given ? given : "scatter";
        var kind = type == "scatter" && Text(trace["mode"]).Contains("lines", StringComparison.Ordinal) ? "line" : type;
        var name = Text(trace["name"]);
        var values = Numbers(trace["y"]) is { Count: > 0 } y ? y : Numbers(trace["z"]) is { Count: > 0 } z ? z : Numbers(trace["x"]);
        var range = values.Count == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", {values.Count} values from {values.Min():G4} to {values.Max():G4}");
        return $"{(name.Length > 0 ? name + ": " : "")}{kind}{range}";
    }

    private static List<double> Numbers(JsonNode? node) => node switch
    {
        JsonArray list => [.. list.SelectMany(Numbers)],
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => [(double)value],
        _ => [],
    };

    private static string Title(JsonNode? title) => Text(title is JsonObject ? title["text"] : title);

    private static string Text(JsonNode? node) =>
        node is JsonValue && node.GetValueKind() == JsonValueKind.String ? Tag().Replace((string)node!, " ").Trim() : "";

    private static string Sentence(string text) => ".!?".Contains(text[^1]) ? text : text + ".";

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
