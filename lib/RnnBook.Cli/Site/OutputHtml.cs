using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>A code cell's outputs as html: the richest form that a page can show.</summary>
/// <param name="picture">Draws a figure, named within its page, and says where the picture lies; null where figures have none.</param>
internal sealed class OutputHtml(Func<string, JsonObject, string?>? picture = null)
{
    public const string Plotly = "application/vnd.plotly.v1+json";

    private const int UsualFigureHeight = 420;

    /// <summary>What plotly.js's small form can draw.</summary>
    private static readonly HashSet<string> Cartesian =
        ["scatter", "bar", "box", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "contour", "image", "pie", "violin"];

    /// <summary>How many figures were written.</summary>
    public int Figures { get; private set; }

    public string Of(Cell cell) => string.Concat(cell.Outputs.Select((output, index) => Of(output, $"{cell.Id}-{index}")));

    /// <summary>One output in nbformat's form.</summary>
    /// <param name="output">The output.</param>
    /// <param name="id">Names it within the page.</param>
    public string Of(JsonNode? output, string id) => CellOutput.TypeOf(output) switch
    {
        "stream" => Terminal(CellOutput.Text(output) ?? "", (string?)output!["name"] == "stderr" ? "stream stderr" : "stream"),
        "error" => Error(output!),
        _ => Bundle(output, id),
    };

    private string Bundle(JsonNode? output, string id)
    {
        if (CellOutput.Json(output, Plotly) is JsonObject figure)
        {
            return Figure(figure, AlternativeText(output), id);
        }

        if (CellOutput.Text(output, "text/html") is { } html)
        {
            return Rich(html, id);
        }

        if (CellOutput.Text(output, "image/svg+xml") is { } svg)
        {
            return $"<div class=\"out image\">{Picture("image/svg+xml", Convert.ToBase64String(Encoding.UTF8.GetBytes(svg)), output)}</div>\n";
        }

        foreach (var type in new[] { "image/png", "image/jpeg", "image/gif" })
        {
            if (CellOutput.Text(output, type) is { } image)
            {
                return $"<div class=\"out image\">{Picture(type, image, output)}</div>\n";
            }
        }

        return CellOutput.Text(output, "text/markdown") is { } markdown ? Rich(new Prose().ToHtml(markdown), id)
            : CellOutput.Text(output, "text/latex") is { } formula ? $"<div class=\"math display\">{Html.Escape(formula.Trim('$', '\n', ' '))}</div>\n"
            : CellOutput.Text(output) is { } text ? Terminal(text, "value")
            : CellOutput.Json(output, "application/json") is { } json ? Terminal(json.ToJsonString(new() { WriteIndented = true }), "value")
            : "";
    }

    private static string Rich(string html, string id) => $"<div class=\"out rich\">{SafeHtml.OfOutput(html, id)}</div>\n";

    /// <summary>Within an img element a drawing runs no script and loads nothing.</summary>
    private static string Picture(string type, string base64, JsonNode? output) =>
        $"<img src=\"data:{type};base64,{Html.Escape(string.Concat(base64.Split()))}\" alt=\"{Html.Escape(AlternativeText(output))}\">";

    /// <summary>A figure's data as a block that no script runs, the place to draw it with a picture until it is drawn, and its words.</summary>
    private string Figure(JsonObject figure, string words, string id)
    {
        Figures++;
        var height = (figure["layout"] as JsonObject)?["height"] is JsonValue given
            && double.TryParse(given.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out var pixels)
            ? Math.Clamp(pixels, 100, 2000)
            : UsualFigureHeight;

        // The default encoder writes < as \u003C, so nothing in a figure can end the script element.
        var place = Html.Escape(id);
        var drawn = picture?.Invoke(id, figure) is { } address
            ? $"<img class=\"picture\" src=\"{Html.Escape(address)}\" alt=\"\" width=\"760\" height=\"{height:0}\" loading=\"lazy\" decoding=\"async\">"
            : "";
        return $"""
            <figure class="out plot{(drawn.Length > 0 ? " pictured" : "")}" id="figure-{place}" data-needs="{Library(figure)}" aria-labelledby="words-{place}">
            <div class="canvas" style="min-height:{height:0}px">{drawn}</div>
            <figcaption class="words" id="words-{place}">{Html.Escape(words)}</figcaption>
            <script type="application/json">{figure.ToJsonString(JsonSerializerOptions.Web)}</script>
            </figure>

            """;
    }

    /// <summary>Which form of plotly.js draws all traces of a figure, those of its frames included.</summary>
    private static string Library(JsonObject figure)
    {
        var frames = (figure["frames"] as JsonArray ?? []).OfType<JsonObject>().Append(figure);
        var traces = frames.SelectMany(frame => frame["data"] as JsonArray ?? []).OfType<JsonObject>();
        return traces.All(trace => trace["type"] is not { } type || Cartesian.Contains(type.ToString())) ? "cartesian" : "full";
    }

    private static string AlternativeText(JsonNode? output) => (CellOutput.Text(output) ?? "A figure.").Trim();

    private static string Terminal(string text, string kind) => text.Trim().Length == 0
        ? ""
        : $"<pre class=\"out {kind}\" tabindex=\"0\">{TerminalText.ToHtml(text.TrimEnd())}</pre>\n";

    private static string Error(JsonNode output)
    {
        var trace = string.Join('\n', (output["traceback"] as JsonArray ?? []).Skip(1).Select(line => (string?)line));
        var title = $"{(string?)output["ename"]}: {(string?)output["evalue"]}";
        return $"<div class=\"out error\" role=\"alert\"><strong>{TerminalText.ToHtml(title)}</strong>" +
            $"{(trace.Length == 0 ? "" : $"<pre tabindex=\"0\">{TerminalText.ToHtml(trace)}</pre>")}</div>\n";
    }
}
