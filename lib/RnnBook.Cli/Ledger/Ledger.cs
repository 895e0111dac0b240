namespace RnnBook.Cli;

/// <summary>Every claim beside what was measured, and what is wrong with that.</summary>
/// <param name="Rows">One row a claim, in the order of claims.json.</param>
/// <param name="Problems">One line for each verdict that differs from the recorded one, lacks, or belongs nowhere.</param>
internal sealed record Ledger(IReadOnlyList<LedgerRow> Rows, IReadOnlyList<string> Problems)
{
    private static readonly string[] Outcomes = [.. VerdictLook.Words, "no verdict", "not run", "open"];

    /// <summary>Compares the verdicts of the runs with the recorded ones.</summary>
    /// <param name="claims">The rows.</param>
    /// <param name="chapters">The chapters that are written.</param>
    /// <param name="runs">The chapters that ran; a chapter whose cells failed says so itself, its claims without verdict are no further problem.</param>
    public static Ledger Of(ClaimBook claims, IReadOnlyList<Chapter> chapters, IReadOnlyList<ChapterRun> runs)
    {
        var ran = runs.Where(run => run.HasRun).ToList();
        var problems = new List<string>();
        var verdicts = new Dictionary<string, MeasuredVerdict>();
        foreach (var (chapter, verdict) in ran.SelectMany(run => run.Verdicts.Select(verdict => (run.Chapter, verdict))))
        {
            var at = $"{chapter.Name}, cell {verdict.CellNumber} ({verdict.CellId})";
            var claim = claims.FirstOrDefault(claim => claim.Id == verdict.Id);
            if (claim is null)
            {
                problems.Add($"{at}: a verdict for {verdict.Id}, which is no claim of data/claims.json");
            }
            else if (claim.Chapter is null || !chapter.IsCalled(claim.Chapter))
            {
                problems.Add($"{at}: a verdict for {verdict.Id}, which data/claims.json gives to {ChapterText(claim)}");
            }
            else if (!verdicts.TryAdd(verdict.Id, verdict))
            {
                problems.Add($"{at}: a second verdict for {verdict.Id}; the first stands in cell {verdicts[verdict.Id].CellNumber}");
            }
        }

        var rows = claims.Select(claim => Row(claim, chapters, ran, verdicts.GetValueOrDefault(claim.Id))).ToList();
        var failed = runs.Where(run => run.Failure is not null).Select(run => run.Chapter).ToList();
        problems.AddRange(rows.Where(row => row.State == LedgerState.Differs).Select(row =>
            $"{row.Claim.Id}: measured {row.Outcome}, recorded {row.Recorded ?? "nothing"} ({row.Chapter}, cell {row.Verdict!.CellNumber})"));
        problems.AddRange(rows.Where(row => row.State == LedgerState.Missing && !failed.Contains(row.Chapter!)).Select(row =>
            $"{row.Claim.Id}: recorded {row.Recorded ?? "nothing"}, but {row.Chapter} gave no verdict"));
        return new Ledger(rows, problems);
    }

    /// <summary>How many rows have each outcome: verdicts first, then what is still to come.</summary>
    public IReadOnlyList<(string Outcome, int Count)> Counts =>
    [
        .. from outcome in Outcomes
           let count = Rows.Count(row => row.Outcome == outcome)
           where count > 0
           select (outcome, count),
    ];

    private static string ChapterText(Claim claim) => claim.Chapter is null ? "no chapter yet" : $"chapter {claim.Chapter}";

    private static LedgerRow Row(Claim claim, IReadOnlyList<Chapter> chapters, List<ChapterRun> ran, MeasuredVerdict? verdict)
    {
        var chapter = claim.Chapter is null ? null : chapters.FirstOrDefault(chapter => chapter.IsCalled(claim.Chapter));
        var row = new LedgerRow(claim, LedgerState.Agrees, chapter, verdict);
        var needsVerdict = claim.Criteria.Count > 0 || row.Recorded is null;
        return row with
        {
            State = chapter is null ? LedgerState.Open
                : ran.All(run => run.Chapter != chapter) ? LedgerState.NotRun
                : verdict is null && needsVerdict ? LedgerState.Missing
                : verdict is not null && verdict.Outcome != row.Recorded ? claim.IsTiming ? LedgerState.DiffersHere : LedgerState.Differs
                : LedgerState.Agrees,
        };
    }
}
