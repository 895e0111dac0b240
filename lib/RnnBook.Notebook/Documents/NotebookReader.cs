using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnBook.Notebook;

/// <summary>Checks a notebook's JSON once, so that everything behind it may rely on the form.</summary>
internal static class NotebookReader
{
    /// <exception cref="NotebookException">The text is no notebook.</exception>
    public static NotebookDocument Read(string text, string name, string? path)
    {
        var root = ParseJson(text, name) as JsonObject
            ?? throw new NotebookException($"{name}: is no notebook: the file holds no JSON object.");
        CheckVersion(root, name);
        if (root["metadata"] is not (null or JsonObject))
        {
            throw new NotebookException($"{name}: \"metadata\" is no JSON object.");
        }

        if (root["cells"] is not JsonArray array)
        {
            throw new NotebookException($"{name}: is no notebook: it has no \"cells\" list.");
        }

        var nodes = array.ToArray();
        array.Clear();
        var cells = nodes.Select((node, index) => ReadCell(node, index, name)).ToArray();
        GiveIds(cells);
        root["nbformat_minor"] = Math.Max(5, (int)root["nbformat_minor"]!);
        return new NotebookDocument(root, cells, path);
    }

    private static JsonNode? ParseJson(string text, string name)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 256 });
        }
        catch (JsonException exception)
        {
            // The exception's own message repeats the place; only its first sentence says what is wrong.
            var what = exception.Message.Split(" LineNumber:")[0].Split(" Path:")[0].ReplaceLineEndings(" ");
            var where = exception.LineNumber is { } line
                ? $"line {line + 1}, column {exception.BytePositionInLine.GetValueOrDefault() + 1}: "
                : "";
            throw new NotebookException($"{name}: {where}bad JSON: {what}", exception);
        }
    }

    private static void CheckVersion(JsonObject root, string name)
    {
        var major = Number(root["nbformat"])
            ?? throw new NotebookException($"{name}: is no notebook: it has no \"nbformat\" number.");
        var minor = Number(root["nbformat_minor"]) ?? 0;
        if (major != 4)
        {
            throw new NotebookException($"{name}: nbformat {major}.{minor} is not supported, only 4: open the notebook in Jupyter and save it.");
        }

        root["nbformat_minor"] ??= minor;
    }

    private static Cell ReadCell(JsonNode? node, int index, string name)
    {
        NotebookException Broken(string what) => new($"{name}: cell {index + 1} (cells[{index}]): {what}");

        if (node is not JsonObject json)
        {
            throw Broken("is no JSON object.");
        }

        var kind = Text(json["cell_type"]) ?? throw Broken("has no \"cell_type\".");
        if (kind is not ("code" or "markdown" or "raw"))
        {
            throw Broken($"cell_type \"{kind}\" is unknown: code, markdown and raw exist.");
        }

        if (!MultilineText.IsText(json["source"]))
        {
            throw Broken("\"source\" is neither a text nor a list of lines.");
        }

        if (json["metadata"] is not (null or JsonObject))
        {
            throw Broken("\"metadata\" is no JSON object.");
        }

        if (kind == "code")
        {
            CheckCode(json, Broken);
        }

        return new Cell(json);
    }

    private static void CheckCode(JsonObject json, Func<string, NotebookException> broken)
    {
        if (json["outputs"] is not (null or JsonArray))
        {
            throw broken("\"outputs\" is no list.");
        }

        if (json["execution_count"] is { } count && Number(count) is null)
        {
            throw broken("\"execution_count\" is neither a whole number nor null.");
        }
    }

    /// <summary>Cells had no ids before 4.5. The new ones follow from the place, so that reading twice gives the same.</summary>
    private static void GiveIds(Cell[] cells)
    {
        var taken = cells.Select(cell => Text(cell.Json["id"])).OfType<string>().ToHashSet();
        for (var index = 0; index < cells.Length; index++)
        {
            if (Text(cells[index].Json["id"]) is not null)
            {
                continue;
            }

            var id = $"cell-{index + 1}";
            while (!taken.Add(id))
            {
                id += "x";
            }

            cells[index].Json["id"] = id;
        }
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? (string?)node : null;

    private static int? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out int number) ? number : null;
}
