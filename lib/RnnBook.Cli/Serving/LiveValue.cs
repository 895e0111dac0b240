using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>A shown value, or an error. It becomes html when a page asks, so that of many quick updates only those that are seen cost anything.</summary>
/// <param name="id">Names it within the page.</param>
/// <param name="output">The output in nbformat's form.</param>
internal sealed class LiveValue(string id, JsonObject output) : LiveOutput
{
    private const string Exercise = "application/vnd.rnnbook.exercise+json";

    /// <summary>A page with more than this in one value could hardly be read.</summary>
    private const int LongestHtml = 4 << 20;

    private string? html;

    public JsonObject Output { get; private set; } = output;

    public string Html => html ??= Render();

    /// <summary>What the judge of an exercise said: its id, and whether it is solved. Null for other values.</summary>
    public JsonNode? ExerciseResult => CellOutput.Json(Output, Exercise);

    /// <summary>Shows another value in the same place.</summary>
    public void Replace(JsonObject data)
    {
        Output = CellOutput.Display(data);
        html = null;
    }

    private string Render()
    {
        var whole = new OutputHtml().Of(Output, id);
        return whole.Length <= LongestHtml
            ? whole
            : $"<p class=\"notice\">This output is too large to show here ({whole.Length / 1e6:0.0} million characters).</p>";
    }
}
