using System.Text;
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
    public static NotebookDocument Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException($"{path}: cannot be read: {exception.Message}", exception);
        }

        return NotebookReader.Read(text, path, path);
    }

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
