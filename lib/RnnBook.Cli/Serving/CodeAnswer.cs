using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>What a page's editor is told about code that is being typed.</summary>
internal static class CodeAnswer
{
    /// <summary>More than this nobody reads: the next letter asks again.</summary>
    private const int MostCompletions = 300;

    /// <summary>What could stand at the place.</summary>
    public static JsonObject Of(Completions fitting) => new()
    {
        ["from"] = fitting.Start,
        ["isCut"] = fitting.Items.Count > MostCompletions,
        ["items"] = new JsonArray([.. fitting.Items.Take(MostCompletions).Select(item => new JsonObject { ["text"] = item.Text, ["kind"] = item.Kind })]),
    };

    /// <summary>What is known of the name at the place; null where nothing is.</summary>
    public static JsonObject? Of(Inspection? found) =>
        found is null ? null : new() { ["html"] = new Prose().ToHtml(found.Markdown), ["from"] = found.Start, ["to"] = found.End };
}
