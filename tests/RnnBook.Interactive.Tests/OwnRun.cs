using RnnBook.Notebook;

namespace RnnBook.Interactive.Tests;

/// <summary>
/// The chapters as the book's own engine ran them, when the first is asked for: where there is no Jupyter none is. Those that have run since
/// their last change do not run again.
/// </summary>
public sealed class OwnRun
{
    private readonly Lazy<Task> run = new(RunAsync);

    internal static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "RnnBook.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "book.dll"));

    internal async Task<NotebookDocument> ChapterAsync(string name)
    {
        await run.Value;
        return NotebookDocument.Load(PathOf(name));
    }

    private static async Task RunAsync()
    {
        // Whether verdicts are the recorded ones is not asked here: it is a question of the book's own tests.
        using var alone = await RunLock.TakeAsync(Repository.Root);
        var result = await Repository.RunAsync("dotnet", ["exec", Program, "claims", "--profile", "quick"]);
        Assert.True(Repository.Chapters.All(name => File.Exists(PathOf(name))), result.ToString());
    }

    private static string PathOf(string name) => Path.Combine(Repository.Executed, name + ".ipynb");
}
