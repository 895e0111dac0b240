using Spectre.Console;

namespace RnnBook.Cli;

/// <summary>What `book run` says at its end.</summary>
internal static class RunReport
{
    /// <summary>Failures, the ledger, times, where the site is.</summary>
    /// <returns>Whether all went well.</returns>
    public static bool Write(IAnsiConsole console, IReadOnlyList<ChapterRun> runs, Ledger ledger, string sitePath)
    {
        console.WriteLine();
        LedgerTable.Write(console, ledger);
        console.WriteLine();
        var times = runs.Where(run => run.HasRun).Select(run => $"{run.Chapter.Number} {run.Elapsed.TotalSeconds:0.0} s");
        console.Say($"Time: {string.Join(" · ", times)}; together {runs.Sum(run => run.Elapsed.TotalSeconds):0.0} s");
        console.Say($"Site: {sitePath}");
        var problems = runs.Where(run => run.Failure is not null).Select(run => run.Failure!).Concat(ledger.Problems).ToList();
        foreach (var problem in problems)
        {
            console.Say(problem, Color.Red);
        }

        if (problems.Count == 0)
        {
            string[] differ = [.. ledger.Rows.Where(row => row.State == LedgerState.DiffersHere).Select(row => row.Claim.Id)];
            var apart = differ.Length == 0 ? "" : $" apart from {string.Join(", ", differ)}: about time, which differs from machine to machine";
            console.Say($"{(runs.Count == 1 ? "The chapter" : $"All {runs.Count} chapters")} ran, every verdict is the recorded one{apart}.", Color.Green);
        }

        return problems.Count == 0;
    }
}
