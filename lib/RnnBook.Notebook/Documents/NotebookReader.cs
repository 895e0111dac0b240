using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RnnBook.Notebook;

/// <summary>Checks a notebook's JSON once, so that everything behind it may rely on the form.</summary>
internal static partial class NotebookReader
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
        return new NotebookDocument(root, cells, path);
    }

    private static JsonNode? ParseJson(string text, string name)
    {
        try
        {
            var whole = NotebookFile.WithWholeCharacters(text);
            return JsonNode.Parse(whole, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 256 });
        }
        catch (JsonException exception)
        {
            // The exception's own message repeats the place; only its first sentence says what is wrong.
            var what = exception.Message.Split(" LineNumber:")[0].Split(" Path:")[0].ReplaceLineEndings(" ");
            what = what.Length <= 200 ? what : $"{what[..80]} … {what[^80..]}"; // it may repeat the rest of the file
            var where = exception.LineNumber is { } line
                ? $"line {line + 1}, column {exception.BytePositionInLine.GetValueOrDefault() + 1}: "
                : "";
            throw new NotebookException($"{name}: {where}bad JSON: {what}{Hint(text, exception)}", exception);
        }
    }

    /// <summary>What else is known of who writes such files.</summary>
    private static string Hint(string text, JsonException exception)
    {
        var line = text.Split('\n').ElementAtOrDefault((int)exception.LineNumber.GetValueOrDefault()) ?? "";
        return NoNumber().IsMatch(line) ? " Python writes NaN and Infinity, which JSON does not have: put null in their place."
            : text.TrimStart().StartsWith("version https://git-lfs", StringComparison.Ordinal) ? " This is a Git LFS pointer: `git lfs pull` fetches the notebook."
            : text.TrimStart().StartsWith('<') ? " This looks like a web page: download the notebook itself (\"raw\")."
            : text.Contains("<<<<<<< ", StringComparison.Ordinal) ? " The file holds an unresolved Git conflict."
            : "";
    }

    private static void CheckVersion(JsonObject root, string name)
    {
        var major = Whole(root["nbformat"])
            ?? throw new NotebookException($"{name}: is no notebook: it has no \"nbformat\" number.");
        if (root["nbformat_minor"] is { } given && Whole(given) is null)
        {
            throw new NotebookException($"{name}: \"nbformat_minor\" is no whole number: notebooks have 4 and 5 here.");
        }

        var minor = Whole(root["nbformat_minor"]) ?? 0;
        if (major != 4)
        {
            throw new NotebookException($"{name}: nbformat {major}.{minor} is not supported, only 4: open the notebook in Jupyter and save it.");
        }

        (root["nbformat"], root["nbformat_minor"]) = (4, Math.Max(5, minor));
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

        foreach (var (index, output) in (json["outputs"] as JsonArray ?? []).Index())
        {
            if (OutputReader.ProblemOf(output) is { } problem)
            {
                throw broken($"output {index + 1}: {problem}.");
            }
        }

        if (json["execution_count"] is { } count)
        {
            json["execution_count"] = Whole(count) ?? throw broken("\"execution_count\" is neither a whole number nor null.");
        }
    }

    /// <summary>
    /// Cells had no ids before 4.5, and some files repeat one or have one that nbformat does not allow: each gets an id of its own. It follows
    /// from the cell's place, so that reading twice gives the same.
    /// </summary>
    private static void GiveIds(Cell[] cells)
    {
        var taken = new HashSet<string>();
        var without = cells.Where(cell => Text(cell.Json["id"]) is not { } id || !Id().IsMatch(id) || !taken.Add(id)).ToHashSet();
        for (var index = 0; index < cells.Length; index++)
        {
            if (!without.Contains(cells[index]))
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

    /// <summary>The node's text; null when it is none.</summary>
    internal static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? (string?)node : null;

    /// <summary>A whole number, which some programs write as 5.0; null for anything else.</summary>
    private static int? Whole(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out double number)
            && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : null;

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex Id();

    [GeneratedRegex(@"[:,\[\s]\s*-?(NaN|Infinity)\b")]
    private static partial Regex NoNumber();
}
