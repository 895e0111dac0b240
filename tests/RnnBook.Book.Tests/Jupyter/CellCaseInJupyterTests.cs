using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>The same cells in Jupyter, one after the other in one kernel.</summary>
[Collection(JupyterTests.Name)]
public sealed class CellCaseInJupyterTests(InstalledKernel kernel)
{
    [SkippableFact]
    public async Task Each_shows_what_is_right_or_says_what_is_wrong()
    {
        kernel.Need();
        using var book = CellCases.NewBook();
        var source = Path.Combine(book.Notebooks, "cases.ipynb");
        CellCases.InOneNotebook().Save(source);

        var result = await kernel.ExecuteAsync(
            source, "--allow-errors", "--ExecutePreprocessor.timeout=1200", "--output", "cases.done.ipynb");

        Assert.True(result.ExitCode == 0, result.ToString());
        foreach (var cell in NotebookDocument.Load(Path.Combine(book.Notebooks, "cases.done.ipynb")).Cells)
        {
            var one = CellCases.Of(cell.Id);
            Assert.True(cell.Outputs.Count > 0, $"{cell.Id} shows nothing");
            var output = cell.Outputs[^1];
            Assert.True(CellOutput.TypeOf(output) == "error" == one.Fails, $"{cell.Id}: {output}");
            Assert.Contains(one.Says, CellCases.TextOf(output), StringComparison.Ordinal);
            Assert.Contains(one.Advice ?? "", CellCases.TextOf(output), StringComparison.Ordinal);
            Assert.True(CellOutput.TypeOf(output) != "stream" || (string?)output!["name"] == "stdout", $"{cell.Id}: {output}");
        }
    }
}
