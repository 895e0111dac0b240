using System.CommandLine;
using RnnBook.Shared;
using Spectre.Console;

namespace RnnBook.Cli;

/// <summary><c>book site</c>: writes the pages again from what the last run left.</summary>
internal static class SiteCommand
{
    private static readonly Option<bool> NoBrowser = new("--no-browser") { Description = "Pages to read only: without the engine that runs cells in them." };

    private static readonly Option<string?> Output = new("--output") { Description = "Another folder for the pages than artifacts/site." };

    public static Command Create()
    {
        var site = new Command("site", "Write the site again from the last run's notebooks, with the engine that runs cells in its pages.") { NoBrowser, Output };
        site.SetAction((parsed, token) => RunAsync(!parsed.GetValue(NoBrowser), parsed.GetValue(Output), token));
        return site;
    }

    private static async Task<int> RunAsync(bool withEngine, string? output, CancellationToken token)
    {
        var book = BookFolder.Find();
        if (output is not null)
        {
            book = book.WithSite(output);
            RequireOwn(book.Site);
        }

        if (withEngine && await PageEngine.PublishAsync(book, line => Terminal.Output.Say(line), token) is { } problem)
        {
            Terminal.Output.Say($"The pages have no \"Run in this page\": {problem}");
        }

        var all = ChapterList.Of(book);
        await WriteAsync(book, all, ClaimsCommand.LoadClaims(book), [], Terminal.Output, token, withEngine);
        Terminal.Output.Say($"Site: {Path.Combine(book.Site, "index.html")}");
        return 0;
    }

    /// <summary>A site takes away pages that are no more: it lies in a folder of its own.</summary>
    private static void RequireOwn(string folder)
    {
        if (File.Exists(folder))
        {
            throw new BookException($"--output {folder} is a file: name a folder for the site.");
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(Path.Combine(folder, "assets", "book.css")))
        {
            throw new BookException($"--output {folder} holds other files: name an empty folder, or one where `book site` wrote before.");
        }
    }

    /// <summary>Writes all pages and ledger.json: the given runs, and for the other chapters their last up-to-date run.</summary>
    public static async Task<WebAssets> WriteAsync(
        BookFolder book, IReadOnlyList<Chapter> all, ClaimBook claims, IReadOnlyList<ChapterRun> runs, IAnsiConsole news, CancellationToken token, bool withEngine = true)
    {
        var shown = all.Select(chapter => runs.FirstOrDefault(run => run.Chapter == chapter) ?? ChapterRun.Recorded(book, chapter)).ToList();
        var ledger = Ledger.Of(claims, all, shown);
        AtomicFile.WriteText(book.LedgerFile, LedgerJson.Of(ledger) + "\n");
        var assets = await WebAssets.PrepareAsync(WebAssets.OwnFolder, line => news.Say(line), token);
        await new SiteWriter(book, assets, withEngine ? PageEngine.Find(book) : null).WriteAsync(shown, ledger, token);
        return assets;
    }
}
