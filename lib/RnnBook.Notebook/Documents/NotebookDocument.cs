using System.Text.Json.Nodes;
using RnnBook.Shared;

namespace RnnBook.Notebook;

/// <summary>
/// A Jupyter notebook (nbformat 4.5, and 4.0 to 4.4, which become 4.5 when saved). What this class does not know is kept as it was read.
/// </summary>
public sealed class NotebookDocument
{
    internal NotebookDocument(JsonObject json, IEnumerable<Cell> cells, string? path)
    {
        Json = json;
        Cells = [.. cells];
        Path = path;
    }

    /// <summary>Creates an empty C# notebook.</summary>
    public NotebookDocument()
        : this(NewNotebook(), [], null) { }

    /// <summary>The file it was read from or last saved to, else null.</summary>
    public string? Path { get; private set; }

    /// <summary>The cells in order; the list may be changed.</summary>
    public IList<Cell> Cells { get; }

    /// <summary>
    /// The language of the cells as the metadata names it, where that is not C#; else null. A notebook that names none is taken for C#.
    /// </summary>
    public string? ForeignLanguage
    {
        get
        {
            var (spec, info) = (Json["metadata"]?["kernelspec"] as JsonObject, Json["metadata"]?["language_info"] as JsonObject);
            var named = NotebookReader.Text(spec?["language"]) ?? NotebookReader.Text(info?["name"]) ?? NotebookReader.Text(spec?["name"]) ?? "";
            var isOurs = named.Length == 0 || named.Contains("c#", StringComparison.OrdinalIgnoreCase)
                || named.Contains("csharp", StringComparison.OrdinalIgnoreCase) || named.Equals("polyglot-notebook", StringComparison.OrdinalIgnoreCase);
            return isOurs ? null : named;
        }
    }

    /// <summary>The notebook's metadata (kernelspec, language_info, …); changes are saved.</summary>
    public JsonObject Metadata
    {
        get
        {
            if (Json["metadata"] is not JsonObject metadata)
            {
                Json["metadata"] = metadata = [];
            }

            return metadata;
        }
    }

    /// <summary>Everything around the cells. Its <c>cells</c> entry only marks the place: the cells are in <see cref="Cells"/>.</summary>
    internal JsonObject Json { get; }

    /// <summary>Reads a notebook file.</summary>
    /// <param name="path">The .ipynb file.</param>
    /// <exception cref="NotebookException">The file is missing or is no notebook; the message is one line with file, what and where.</exception>
    public static NotebookDocument Load(string path) => NotebookReader.Read(NotebookFile.ReadText(path), path, path);

    /// <summary>A notebook file as it is.</summary>
    /// <exception cref="NotebookException">The file cannot be read.</exception>
    public static byte[] ReadBytes(string path) => NotebookFile.ReadBytes(path);

    /// <summary>Reads a notebook from its text.</summary>
    /// <param name="json">The file's content.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="NotebookException">The text is no notebook.</exception>
    public static NotebookDocument Parse(string json, string name = "notebook") => NotebookReader.Read(json, name, null);

    /// <summary>Saves the notebook so that a reader sees the old file or the new one, never a part.</summary>
    /// <param name="path">The .ipynb file; its folder is created if need be.</param>
    public void Save(string path)
    {
        AtomicFile.WriteText(path, ToJson());
        Path = path;
    }

    /// <summary>The file's text as Jupyter writes it: one space of indent, a line feed at the end.</summary>
    public string ToJson() => NotebookWriter.Write(this);

    private static JsonObject NewNotebook() => new()
    {
        ["cells"] = new JsonArray(),
        ["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
            ["language_info"] = new JsonObject { ["name"] = "C#", ["file_extension"] = ".cs", ["mimetype"] = "text/x-csharp" },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    };
}
