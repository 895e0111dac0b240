using Spectre.Console;

namespace RnnBook.Cli;

/// <summary><c>book claims</c>: the ledger, from the last run where that is up to date, else from a new run.</summary>
internal static class ClaimsCommand
{
    public static async Task<int> RunAsync(RunSettings settings, bool json, bool last, CancellationToken token)
    {
        var book = BookFolder.Find();
        var all = ChapterList.Of(book);
        var claims = LoadClaims(book);
        var news = Terminal.Error;
        var runs = all.Select(chapter => ChapterRun.Recorded(book, chapter, settings, evenIfOutdated: last)).ToList();
        var missing = runs.Where(run => !run.HasRun).Select(run => run.Chapter).ToList();
        if (missing.Count > 0 && !last)
        {
            news.Say($"Running {string.Join(", ", missing)}: no results of profile {settings.Profile}, seed {settings.Seed} that are up to date.");
            var fresh = await new BookRunner(book, settings, Terminal.DisplayOn(news)).RunAsync(missing, token);
            runs = [.. runs.Select(run => fresh.FirstOrDefault(other => other.Chapter == run.Chapter) ?? run)];
            await SiteCommand.WriteAsync(book, all, claims, runs, news, token);
        }
        else
        {
            news.Say($"From the last run, profile {settings.Profile}, seed {settings.Seed}{(last ? "" : "; nothing has changed since")}.");
        }

        var ledger = Ledger.Of(claims, all, runs);
        if (json)
        {
            Console.Out.WriteLine(LedgerJson.Of(ledger));
        }
        else
        {
            LedgerTable.Write(Terminal.Output, ledger);
        }

        var problems = runs.Where(run => run.Failure is not null).Select(run => run.Failure!).Concat(ledger.Problems).ToList();
        problems.ForEach(problem => news.Say(problem, Color.Red));
        return problems.Count == 0 ? 0 : 1;
    }

    /// <summary>The rows of data/claims.json.</summary>
    /// <exception cref="BookException">The file breaks the ledger's rules.</exception>
    public static ClaimBook LoadClaims(BookFolder book)
    {
        try
        {
            return ClaimBook.Load(book.ClaimsFile);
        }
        catch (InvalidDataException exception)
        {
            throw new BookException(exception.Message);
        }
    }
}
