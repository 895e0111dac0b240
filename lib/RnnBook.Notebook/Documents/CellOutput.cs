using System.Text.Json.Nodes;

namespace RnnBook.Notebook;

/// <summary>Makes and reads the outputs of a code cell as nbformat 4 stores them.</summary>
public static class CellOutput
{
    /// <summary>Text written to the console.</summary>
    /// <param name="name"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="text">The text.</param>
    public static JsonObject Stream(string name, string text) => new()
    {
        ["name"] = name,
        ["output_type"] = "stream",
        ["text"] = MultilineText.Split(text),
    };

    /// <summary>A value shown with <c>display</c>.</summary>
    /// <param name="data">The mime bundle: text as a string, JSON mime types as JSON.</param>
    public static JsonObject Display(JsonObject data) => new()
    {
        ["data"] = Stored(data),
        ["metadata"] = new JsonObject(),
        ["output_type"] = "display_data",
    };

    /// <summary>The value of a cell's trailing expression.</summary>
    /// <param name="data">The mime bundle.</param>
    /// <param name="executionCount">The number in the cell's bracket.</param>
    public static JsonObject Result(JsonObject data, int executionCount) => new()
    {
        ["data"] = Stored(data),
        ["execution_count"] = executionCount,
        ["metadata"] = new JsonObject(),
        ["output_type"] = "execute_result",
    };

    /// <summary>Why a cell failed.</summary>
    public static JsonObject Error(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([$"{error.Name}: {error.Message}", .. error.Trace.Select(line => (JsonNode)line)]),
    };

    /// <summary>A mime bundle as files hold it: text as a list of lines, JSON mime types as they are.</summary>
    internal static JsonObject Stored(JsonObject data)
    {
        var stored = new JsonObject();
        foreach (var (mimeType, value) in data)
        {
            stored[mimeType] = !IsJson(mimeType) && MultilineText.IsText(value)
                ? MultilineText.Split(MultilineText.Join(value))
                : value?.DeepClone();
        }

        return stored;
    }

    /// <summary>nbformat's <c>output_type</c>: stream, display_data, execute_result or error.</summary>
    public static string TypeOf(JsonNode? output) => (string?)output?["output_type"] ?? "";

    /// <summary>The text of a stream output, else of one mime type of a bundle; null where there is none.</summary>
    public static string? Text(JsonNode? output, string mimeType = "text/plain")
    {
        var node = TypeOf(output) == "stream" ? output!["text"] : output?["data"]?[mimeType];
        return MultilineText.IsText(node) ? MultilineText.Join(node) : null;
    }

    /// <summary>The value of a JSON mime type of a bundle, for instance <c>application/vnd.plotly.v1+json</c>; null where there is none.</summary>
    public static JsonNode? Json(JsonNode? output, string mimeType) => output?["data"]?[mimeType];

    /// <summary>Whether a mime type's value is stored as JSON and not as text.</summary>
    public static bool IsJson(string mimeType) =>
        mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);
}
