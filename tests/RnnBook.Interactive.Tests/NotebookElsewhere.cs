using RnnBook.Notebook;

namespace RnnBook.Interactive.Tests;

/// <summary>A notebook that lies in no clone of the book, in a folder as <c>book run</c> wants it.</summary>
internal sealed class NotebookElsewhere
{
    private readonly string folder;

    public NotebookElsewhere(string folder, IEnumerable<string> cells)
    {
        this.folder = folder;
        var notebook = new NotebookDocument();
        foreach (var code in cells)
        {
            notebook.Cells.Add(new Cell(CellKind.Code, code));
        }

        Write("data/claims.json", "[]");
        Write("notebooks/00-mine.ipynb", "");
        notebook.Save(Path);
    }

    public string Path => System.IO.Path.Combine(folder, "notebooks", "00-mine.ipynb");

    /// <summary>Writes another file into the folder.</summary>
    public void Write(string name, string text)
    {
        var path = System.IO.Path.Combine(folder, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Runs it in the book's own engine.</summary>
    /// <param name="environment">Variables that differ.</param>
    /// <param name="within">A program and its arguments that start another one, to be put before.</param>
    public async Task<NotebookDocument> RunInOwnEngineAsync(IReadOnlyDictionary<string, string>? environment, params IReadOnlyList<string> within)
    {
        string[] command = [.. within, "dotnet", "exec", OwnRun.Program, "run"];
        var ran = await Repository.RunAsync(command[0], command[1..], folder, environment);
        Assert.True(ran.ExitCode == 0, ran.ToString());
        return NotebookDocument.Load(System.IO.Path.Combine(folder, "artifacts", "notebooks", System.IO.Path.GetFileName(Path)));
    }

    /// <summary>No cell failed, and two show a figure.</summary>
    public static void ShowsTwoFigures(NotebookDocument executed)
    {
        var errors = executed.Cells.SelectMany(cell => cell.Outputs).Where(output => CellOutput.TypeOf(output) == "error");
        Assert.Empty(errors.Select(output => output!.ToJsonString()));
        Assert.Equal(["figure", "figure"], CellResults.Of(executed).Select(result => result.Kind));
    }
}
