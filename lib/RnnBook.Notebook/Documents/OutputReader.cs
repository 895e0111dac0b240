using System.Text.Json.Nodes;

namespace RnnBook.Notebook;

/// <summary>Checks the outputs of a code cell.</summary>
internal static class OutputReader
{
    /// <summary>What is wrong with an output; null when nothing is.</summary>
    public static string? ProblemOf(JsonNode? output)
    {
        if (output is not JsonObject json)
        {
            return "is no JSON object";
        }

        return NotebookReader.Text(json["output_type"]) switch
        {
            "stream" when NotebookReader.Text(json["name"]) is null => "has no \"name\" (stdout or stderr)",
            "stream" when !MultilineText.IsText(json["text"]) => "\"text\" is neither a text nor a list of lines",
            "error" when NotebookReader.Text(json["ename"]) is null || NotebookReader.Text(json["evalue"]) is null => "has no \"ename\" or no \"evalue\"",
            "error" when json["traceback"] is not null && !MultilineText.IsText(json["traceback"]) => "\"traceback\" is no list of lines",
            "display_data" or "execute_result" => ProblemOfBundle(json),
            "stream" or "error" => null,
            null => "has no \"output_type\"",
            _ => json["data"] is null ? null : ProblemOfBundle(json), // of a later nbformat: kept as it is
        };
    }

    private static string? ProblemOfBundle(JsonObject json)
    {
        if (json["data"] is not JsonObject data)
        {
            return "\"data\" is no JSON object";
        }

        foreach (var (type, value) in data)
        {
            if (!CellOutput.IsJson(type) && !MultilineText.IsText(value))
            {
                return $"\"{type}\" is neither a text nor a list of lines";
            }
        }

        return json["metadata"] is null or JsonObject ? null : "\"metadata\" is no JSON object";
    }
}
