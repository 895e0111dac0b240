namespace RnnBook.Cli;

/// <summary><c>book run</c>: runs chapters, writes notebooks, site and ledger, and says whether the book still holds.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(RunSettings settings, IReadOnlyList<string> names, CancellationToken token)
    {
        var book = BookFolder.Find();
        var all = ChapterList.Of(book);
        var chosen = ChapterList.Choose(all, names);
        var claims = ClaimsCommand.LoadClaims(book);
        var console = Terminal.Output;
        console.Say($"RnnBook: {(chosen.Count == all.Count ? $"{all.Count}" : $"{chosen.Count} of {all.Count}")} chapters, profile {settings.Profile}, seed {settings.Seed}");
        var runs = await new BookRunner(book, settings, Terminal.DisplayOn(console)).RunAsync(chosen, token);
        await SiteCommand.WriteAsync(book, all, claims, runs, console, token);
        return RunReport.Write(console, runs, Ledger.Of(claims, all, runs), Path.Combine(book.Site, "index.html")) ? 0 : 1;
    }
}
