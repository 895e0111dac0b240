using Spectre.Console;

namespace RnnBook.Cli;

/// <summary>The ledger for a reader at a terminal: a claim, its verdict, and each number with its words, at most 100 columns wide.</summary>
internal static class LedgerTable
{
    private const int Width = 100;

    public static void Write(IAnsiConsole console, Ledger ledger)
    {
        foreach (var row in ledger.Rows.Where(row => row.State is not (LedgerState.Open or LedgerState.NotRun)))
        {
            console.MarkupLine($"[bold]{row.Claim.Id.EscapeMarkup(),-4}[/] {Verdict(row)}  [grey]{$"{row.Claim.Source}, chapter {row.Chapter?.Number}".EscapeMarkup()}[/]");
            Block(console, row.Claim.Text, "     ", "     ");
            if (row.Outcome == VerdictKind.Qualified.Word() && row.Claim.Condition is { } condition)
            {
                Block(console, $"condition: {condition}", "     ", "     ");
            }

            foreach (var (criterion, measured) in row.Criteria)
            {
                Block(console, $"{measured?.MeasuredText ?? "–"}, needs {criterion.ThresholdText}: {criterion.Text}", $"   {measured?.Mark ?? '–'} ", "       ");
            }

            console.WriteLine();
        }

        Rest(console, ledger, LedgerState.NotRun, "wait for chapters that were not run");
        Rest(console, ledger, LedgerState.Open, "are open: their chapters are not written yet");
    }

    /// <summary>The verdict in its colour; where it is not the recorded one, both, in red; in yellow where it is about time.</summary>
    private static string Verdict(LedgerRow row) => row.State switch
    {
        LedgerState.Differs => $"[red bold]{row.Outcome}, recorded: {row.Recorded ?? "nothing"}[/]",
        LedgerState.DiffersHere => $"[yellow bold]{row.Outcome} on this machine[/], recorded: {row.Recorded ?? "nothing"}",
        LedgerState.Missing => $"[red bold]no verdict, recorded: {row.Recorded ?? "nothing"}[/]",
        _ => VerdictLook.Parse(row.Outcome) is { } verdict ? $"[{verdict.Colour()} bold]{verdict.Mark()} {row.Outcome}[/]" : row.Outcome,
    };

    /// <summary>Writes words in lines that fit.</summary>
    private static void Block(IAnsiConsole console, string text, string first, string others)
    {
        var line = first;
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length + 1 > Width && line.Length > others.Length)
            {
                console.WriteLine(line);
                line = others;
            }

            line += (line.EndsWith(' ') ? "" : " ") + word;
        }

        console.WriteLine(line);
    }

    private static void Rest(IAnsiConsole console, Ledger ledger, LedgerState state, string what)
    {
        var ids = ledger.Rows.Where(row => row.State == state).Select(row => row.Claim.Id).ToList();
        if (ids.Count > 0)
        {
            Block(console, $"{ids.Count} of {ledger.Rows.Count} claims {what}: {string.Join(" ", ids)}", "", "  ");
        }
    }
}
