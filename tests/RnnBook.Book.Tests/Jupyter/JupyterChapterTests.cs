using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>
/// Chapters run in the real Jupyter, with the book's kernel in place of the one that they name: those with the most to show (the engine behind the
/// kernel runs all of them for the book), and all with RNNBOOK_THOROUGH=all.
/// </summary>
[Collection(JupyterTests.Name)]
public sealed class JupyterChapterTests(InstalledKernel kernel, JupyterChapterTests.Runs runs) : IClassFixture<JupyterChapterTests.Runs>
{
    private const int SecondsForOneCell = 1200;

    public static TheoryData<string> Names => [.. Chapters];

    private static IEnumerable<string> Chapters => Thorough.Only(WholeBook.Chapters.Select(chapter => chapter.Name), ["00", "15"], ["00", "05", "09", "15"]);

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task The_chapter_runs_through_nbconvert(string name)
    {
        kernel.Need();

        var result = await runs.Of(kernel)[name];

        Assert.True(result.ExitCode == 0, result.ToString());
        var cells = NotebookDocument.Load(Path.Combine(kernel.Folder, name + ".ipynb")).Cells.Where(cell => cell.Kind == CellKind.Code).ToList();
        Assert.Equal(Enumerable.Range(1, cells.Count), cells.Select(cell => cell.ExecutionCount ?? 0));
        var outputs = cells.SelectMany(cell => cell.Outputs).ToList();
        Assert.DoesNotContain(outputs, output => CellOutput.TypeOf(output) == "error");
        Assert.Contains(outputs, output => CellOutput.Json(output, "text/html") is not null);
    }

    /// <summary>The chapters' runs, several at a time: one alone often leaves a core idle. The first test that asks starts them.</summary>
    public sealed class Runs : IAsyncLifetime
    {
        private static readonly SemaphoreSlim Places = new(Math.Max(2, Environment.ProcessorCount));
        private Dictionary<string, Task<BookResult>> all = [];
        private volatile bool isOver;

        public Task InitializeAsync() => Task.CompletedTask;

        /// <summary>Where only some tests were asked for, the chapters that have not begun need not run.</summary>
        public async Task DisposeAsync()
        {
            isOver = true;
            await Task.WhenAll(all.Values);
        }

        internal IReadOnlyDictionary<string, Task<BookResult>> Of(InstalledKernel kernel) =>
            all = all.Count > 0 ? all : Chapters.ToDictionary(
                name => name, name => RunAsync(kernel, Path.Combine(WholeBook.Folder.Notebooks, name + ".ipynb")));

        private async Task<BookResult> RunAsync(InstalledKernel kernel, string notebook)
        {
            await Places.WaitAsync();
            try
            {
                return isOver ? new BookResult(1, "", "not run") : await kernel.ExecuteAsync(
                    notebook, $"--ExecutePreprocessor.timeout={SecondsForOneCell}", "--output-dir", kernel.Folder);
            }
            finally
            {
                Places.Release();
            }
        }
    }
}
