using RnnBook.Shared;
using Spectre.Console;

namespace RnnBook.Cli;

/// <summary><c>book site</c>: writes the pages again from what the last run left.</summary>
internal static class SiteCommand
{
    public static async Task<int> RunAsync(CancellationToken token)
    {
        var book = BookFolder.Find();
        var all = ChapterList.Of(book);
        await WriteAsync(book, all, ClaimsCommand.LoadClaims(book), [], Terminal.Output, token);
        Terminal.Output.Say($"Site: {Path.Combine(book.Site, "index.html")}");
        return 0;
    }

    /// <summary>Writes all pages and ledger.json: the given runs, and for the other chapters their last up-to-date run.</summary>
    public static async Task<WebAssets> WriteAsync(
        BookFolder book, IReadOnlyList<Chapter> all, ClaimBook claims, IReadOnlyList<ChapterRun> runs, IAnsiConsole news, CancellationToken token)
    {
        var shown = all.Select(chapter => runs.FirstOrDefault(run => run.Chapter == chapter) ?? ChapterRun.Recorded(book, chapter)).ToList();
        var ledger = Ledger.Of(claims, all, shown);
        AtomicFile.WriteText(book.LedgerFile, LedgerJson.Of(ledger) + "\n");
        var assets = await WebAssets.PrepareAsync(WebAssets.OwnFolder, line => news.Say(line), token);
        await new SiteWriter(book, assets).WriteAsync(shown, ledger, token);
        return assets;
    }
}
