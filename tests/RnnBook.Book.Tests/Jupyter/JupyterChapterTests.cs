using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>Every chapter runs in the real Jupyter, with the book's kernel in place of the one that it names.</summary>
[Collection(JupyterTests.Name)]
public sealed class JupyterChapterTests(InstalledKernel kernel)
{
    private const int SecondsForOneCell = 300;

    public static TheoryData<string> Names => [.. WholeBook.Chapters.Select(chapter => chapter.Name)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task The_chapter_runs_through_nbconvert(string name)
    {
        kernel.Need();
        var source = Path.Combine(WholeBook.Folder.Notebooks, name + ".ipynb");

        var result = await kernel.RunPythonAsync(
            "-m", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.kernel_name=rnnbook",
            $"--ExecutePreprocessor.timeout={SecondsForOneCell}", "--output-dir", kernel.Folder, source);

        Assert.True(result.ExitCode == 0, result.ToString());
        var cells = NotebookDocument.Load(Path.Combine(kernel.Folder, name + ".ipynb")).Cells.Where(cell => cell.Kind == CellKind.Code).ToList();
        Assert.Equal(Enumerable.Range(1, cells.Count), cells.Select(cell => cell.ExecutionCount ?? 0));
        var outputs = cells.SelectMany(cell => cell.Outputs).ToList();
        Assert.DoesNotContain(outputs, output => CellOutput.TypeOf(output) == "error");
        Assert.Contains(outputs, output => CellOutput.Json(output, "text/html") is not null);
    }
}
