using System.Text.Json.Nodes;

namespace RnnBook.Browser.Tests;

/// <summary>A notebook of one cell, in a folder of its own.</summary>
internal sealed class OneCellNotebook : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnbook-page-").FullName;

    public OneCellNotebook(string code)
    {
        File = Path.Combine(folder, "cell.ipynb");
        var cell = new JsonObject { ["cell_type"] = "code", ["id"] = "cell", ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = code };
        var notebook = new JsonObject { ["cells"] = new JsonArray(cell), ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5 };
        System.IO.File.WriteAllText(File, notebook.ToJsonString());
    }

    public string File { get; }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
