using System.Text.Json.Nodes;
using RnnBook.Cli;

namespace RnnBook.Book.Tests;

/// <summary>
/// The book itself with profile quick, for all tests that look at the result; they share one run. Chapters run only if nothing is recorded of
/// their present state (notebook, claims and libraries); pages are written if one is older than what it is made from, or has an engine.
/// </summary>
public sealed class WholeBook : IAsyncLifetime
{
    private static readonly Lazy<Task<(BookResult Result, JsonArray Ledger)>> Run = new(RunAsync);

    internal static BookFolder Folder { get; } = BookFolder.Find();

    internal static IReadOnlyList<Chapter> Chapters { get; } = ChapterList.Of(Folder);

    internal BookResult Result { get; private set; } = null!;

    internal JsonArray Ledger { get; private set; } = null!;

    public async Task InitializeAsync() => (Result, Ledger) = await Run.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<(BookResult Result, JsonArray Ledger)> RunAsync()
    {
        BookResult result;
        using (await RunLock.TakeAsync(Folder.Root))
        {
            result = await BookProcess.RunAsync(Folder.Root, "claims", "--profile", "quick");
        }

        if (!SiteWriter.IsCurrent(Folder, Chapters) || PageEngine.IsIn(await File.ReadAllTextAsync(Path.Combine(Folder.Site, Chapters[0].Page))))
        {
            var site = await BookProcess.RunAsync(Folder.Root, "site", "--no-browser");
            Assert.True(site.ExitCode == 0, site.ToString());
        }

        return (result, (JsonArray)JsonNode.Parse(await File.ReadAllTextAsync(Folder.LedgerFile))!);
    }
}
