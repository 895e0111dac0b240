using System.Text.Json.Nodes;

namespace RnnBook.Notebook;

/// <summary>
/// One cell of a notebook: a view over its JSON, so that whatever this class does not know (attachments, other tools' metadata)
/// stays where it is.
/// </summary>
public sealed class Cell
{
    /// <summary>Wraps a cell's JSON, which <see cref="NotebookReader"/> has checked.</summary>
    internal Cell(JsonObject json) => Json = json;

    /// <summary>Creates a cell with a new id.</summary>
    /// <param name="kind">Code, markdown or raw.</param>
    /// <param name="source">The text; lines are separated by \n.</param>
    public Cell(CellKind kind, string source)
    {
        Json = new JsonObject { ["cell_type"] = NameOf(kind) };
        if (kind == CellKind.Code)
        {
            Json["execution_count"] = null;
        }

        Json["id"] = Guid.NewGuid().ToString("n")[..8];
        Json["metadata"] = new JsonObject();
        if (kind == CellKind.Code)
        {
            Json["outputs"] = new JsonArray();
        }

        Source = source;
    }

    /// <summary>The cell as nbformat writes it.</summary>
    public JsonObject Json { get; }

    /// <summary>The id, unique in its notebook.</summary>
    public string Id => (string)Json["id"]!;

    /// <summary>Code, markdown or raw.</summary>
    public CellKind Kind => (string?)Json["cell_type"] switch
    {
        "code" => CellKind.Code,
        "markdown" => CellKind.Markdown,
        _ => CellKind.Raw,
    };

    /// <summary>The whole text; lines are separated by \n.</summary>
    public string Source
    {
        get => MultilineText.Join(Json["source"]);
        set => Json["source"] = MultilineText.Split(value);
    }

    /// <summary>The cell's metadata; changes are saved.</summary>
    public JsonObject Metadata => Json["metadata"] as JsonObject ?? Add("metadata", new JsonObject());

    /// <summary>The language of a code cell that is not C#, as .NET Interactive's notebooks note it: <c>fsharp</c>, <c>mermaid</c>; null for C#.</summary>
    public string? ForeignLanguage =>
        (NotebookReader.Text((Metadata["polyglot_notebook"] as JsonObject)?["kernelName"])
            ?? NotebookReader.Text((Metadata["dotnet_interactive"] as JsonObject)?["language"])) is { } language
        && language is not ("" or "csharp" or "C#" or "c#") ? language : null;

    /// <summary>A code cell's outputs in nbformat's form (see <see cref="CellOutput"/>); changes are saved.</summary>
    /// <exception cref="InvalidOperationException">The cell is no code cell.</exception>
    public JsonArray Outputs
    {
        get => Kind == CellKind.Code
            ? Json["outputs"] as JsonArray ?? Add("outputs", new JsonArray())
            : throw new InvalidOperationException($"Cell '{Id}' is no code cell, so it has no outputs.");
    }

    /// <summary>The number in a code cell's bracket, or null when it has not been run.</summary>
    public int? ExecutionCount
    {
        get => (int?)Json["execution_count"];
        set => Json["execution_count"] = value;
    }

    /// <summary>Removes a code cell's outputs and its execution count; other cells stay as they are.</summary>
    public void ClearOutputs()
    {
        if (Kind != CellKind.Code)
        {
            return;
        }

        Outputs.Clear();
        ExecutionCount = null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{NameOf(Kind)} cell '{Id}': {Source.Split('\n')[0]}";

    private static string NameOf(CellKind kind) => kind switch
    {
        CellKind.Code => "code",
        CellKind.Markdown => "markdown",
        _ => "raw",
    };

    private T Add<T>(string name, T node) where T : JsonNode
    {
        Json[name] = node;
        return node;
    }
}
