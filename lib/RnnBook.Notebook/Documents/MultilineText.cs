using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnBook.Notebook;

/// <summary>nbformat's two spellings of a text: one string, or a list of lines that keep their line ends.</summary>
internal static class MultilineText
{
    /// <summary>The whole text of a string or of a list of strings; an absent node is the empty text.</summary>
    public static string Join(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(line => (string?)line)),
        JsonValue value => (string?)value ?? "",
        _ => "",
    };

    /// <summary>The list form: every line but the last ends in \n.</summary>
    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add((JsonNode)text[start..end]);
            start = end;
        }

        return lines;
    }

    /// <summary>Whether the node is a string or a list of strings.</summary>
    public static bool IsText(JsonNode? node) => node switch
    {
        JsonArray lines => lines.All(line => line?.GetValueKind() == JsonValueKind.String),
        JsonValue value => value.GetValueKind() == JsonValueKind.String,
        _ => false,
    };
}
