using Spectre.Console;

namespace RnnBook.Cli;

/// <summary>The ledger for a reader at a terminal.</summary>
internal static class LedgerTable
{
    public static void Write(IAnsiConsole console, Ledger ledger)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (var head in new[] { "id", "claim", "verdict", "measured", "threshold", "chapter" })
        {
            table.AddColumn(new TableColumn($"[bold]{head}[/]").NoWrap());
        }

        table.Columns[1].NoWrap = false;
        table.Columns[1].Width = Math.Clamp(console.Profile.Width - 84, 24, 60);
        var shown = ledger.Rows.Where(row => row.State is not (LedgerState.Open or LedgerState.NotRun)).ToList();
        foreach (var row in shown)
        {
            table.AddRow(
                new Markup($"[bold]{row.Claim.Id.EscapeMarkup()}[/]"),
                new Text(row.Claim.Text),
                new Markup(Verdict(row)),
                new Text(string.Join('\n', row.Criteria.Select(entry => entry.Measured?.MeasuredText ?? "–"))),
                new Text(string.Join('\n', row.Criteria.Select(entry => entry.Criterion.ThresholdText))),
                new Text(row.Chapter?.Number ?? ""));
        }

        if (shown.Count > 0)
        {
            console.Write(table);
        }

        Rest(console, ledger, LedgerState.NotRun, "wait for chapters that were not run");
        Rest(console, ledger, LedgerState.Open, "are open: their chapters are not written yet");
    }

    /// <summary>The verdict in its colour; where it is not the recorded one, both in red.</summary>
    private static string Verdict(LedgerRow row) => row.State switch
    {
        LedgerState.Differs => $"[red bold]{row.Outcome}\nrecorded: {row.Recorded ?? "nothing"}[/]",
        LedgerState.Missing => $"[red bold]no verdict\nrecorded: {row.Recorded ?? "nothing"}[/]",
        _ => row.Outcome switch
        {
            "reproduced" => "[green]✓ reproduced[/]",
            "qualified" => "[yellow]◐ qualified[/]",
            "refuted" => "[magenta]✗ refuted[/]",
            _ => $"[grey]– {row.Outcome}[/]",
        },
    };

    private static void Rest(IAnsiConsole console, Ledger ledger, LedgerState state, string what)
    {
        var ids = ledger.Rows.Where(row => row.State == state).Select(row => row.Claim.Id).ToList();
        if (ids.Count > 0)
        {
            console.MarkupLineInterpolated($"[grey]{ids.Count} of {ledger.Rows.Count} claims {what}: {string.Join(" ", ids)}[/]");
        }
    }
}
