using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RnnBook.Notebook;

namespace RnnBook.Interactive.Tests;

/// <summary>
/// What a notebook's cells show, in a form that does not depend on who ran them: figures by their data, tables, verdicts and exercises by
/// their words.
/// </summary>
internal sealed partial record CellResults(string Cell, string Kind, string Text)
{
    private const string Html = "text/html";

    // What depends on which of two trainings was the faster: the order of the traces, and with it which of them stands in the legend.
    private static readonly string[] DependOnOrder = ["line", "marker", "legendgroup", "showlegend"];

    public static IReadOnlyList<CellResults> Of(NotebookDocument notebook) =>
    [
        .. from cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Code)
           from output in cell.Outputs
           let html = CellOutput.Text(output, Html)
           where html is not null
           let result = Of(cell.Id ?? "", html)
           where result is not null
           select result,
    ];

    /// <summary>Times, and which of two ways is the faster, differ from run to run.</summary>
    public bool IsTimed => Kind is "figure" or "table" && Timed().IsMatch(Text);

    /// <summary>A verdict's claim, such as P4.</summary>
    public string Claim => Kind == "verdict" ? Text.Split(' ')[0] : "";

    private static CellResults? Of(string cell, string html)
    {
        if (FigureData().Match(html) is { Success: true } figure)
        {
            return new CellResults(cell, "figure", Data(figure.Groups["json"].Value));
        }

        var kind = Known().Match(html);
        return kind.Success ? new CellResults(cell, kind.Groups["kind"].Value, Words(html)) : null;
    }

    private static string Data(string json)
    {
        var figure = JsonNode.Parse(json)!.AsObject();
        var traces = figure["data"]!.AsArray().Select(trace =>
        {
            var copy = trace!.DeepClone().AsObject();
            foreach (var name in DependOnOrder)
            {
                copy.Remove(name);
            }

            return copy.ToJsonString();
        });
        var layout = figure["layout"]!;
        var titled = layout.AsObject().Select(part => part.Value).OfType<JsonObject>().Prepend(layout);
        var titles = titled.Select(part => part["title"]?["text"]?.ToString()).OfType<string>();
        return string.Join('\n', titles.Order(StringComparer.Ordinal).Concat(traces.Order(StringComparer.Ordinal)));
    }

    private static string Words(string html) => Spaces().Replace(Tag().Replace(html, " "), " ").Trim();

    [GeneratedRegex(@"\(""rnnbook-figure-[0-9a-f]+"", (?<json>\{.*\}), \{""address""", RegexOptions.Singleline)]
    private static partial Regex FigureData();

    [GeneratedRegex("""class="rnnbook-(?<kind>table|verdict|exercise)""")]
    private static partial Regex Known();

    [GeneratedRegex(@"\b(((nano|micro|milli)?seconds?)|ms|time (over|in)|beats?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Timed();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
