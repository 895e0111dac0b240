using RnnBook.Notebook;

namespace RnnBook.Interactive.Tests;

/// <summary>The chapters as the book's own engine ran them; those that have run since their last change do not run again.</summary>
public sealed class OwnRun : IAsyncLifetime
{
    internal static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "RnnBook.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "book.dll"));

    public async Task InitializeAsync()
    {
        // Whether verdicts are the recorded ones is not asked here: it is a question of the book's own tests.
        var result = await Repository.RunAsync("dotnet", ["exec", Program, "claims", "--profile", "quick"]);
        Assert.True(Repository.Chapters.All(name => File.Exists(PathOf(name))), result.ToString());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    internal static NotebookDocument Chapter(string name) => NotebookDocument.Load(PathOf(name));

    private static string PathOf(string name) => Path.Combine(Repository.Executed, name + ".ipynb");
}
