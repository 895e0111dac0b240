namespace RnnBook.Cli;

/// <summary>Every claim: its text and source, the verdict, what was measured against which threshold, and the cell that did it.</summary>
internal static class LedgerPage
{
    public static string Write(Ledger ledger)
    {
        var groups = ledger.Rows.GroupBy(row => row.Claim.Id[..1]).Select(Group);
        var problems = ledger.Problems.Count == 0 ? "" : $"""
            <div class="notice failed"><p>Measured and recorded verdicts do not agree everywhere:</p>
            <ul>{string.Concat(ledger.Problems.Select(problem => $"<li>{Html.Escape(problem)}</li>"))}</ul></div>
            """;
        var filters = ledger.Counts.Select(part =>
            $"<button type=\"button\" aria-pressed=\"false\" data-outcome=\"{part.Outcome}\">{VerdictBar.Badge(part.Outcome)} {part.Count}</button>");
        var content = $"""
            <article class="ledger">
            <header class="title">
            <p class="kicker">Claims, thresholds, evidence</p>
            <h1>The ledger</h1>
            <p class="lead">Every claim of the five articles, in the book's own words, with what was measured for it. <b>Reproduced</b>: it holds as stated.
            <b>Qualified</b>: it holds under a condition that the article leaves out. <b>Refuted</b>: it does not hold.
            <b>Undecided</b>: the runs do not say. <b>Definition, checked</b>: a formula that our code follows, no finding.
            What is compared with a threshold is the 95 % interval of an estimate over all runs; the thresholds stood in <code>data/claims.json</code>
            before the measurement, and every later change of one is shown below its claim.</p>
            </header>
            {problems}
            {VerdictBar.Of(ledger).Split("<ul")[0]}
            <div class="filters" role="group" aria-label="Show only">{string.Concat(filters)}</div>
            {string.Concat(groups)}
            </article>
            """;
        return new PageFrame("The ledger · RnnBook", "Every claim, its verdict and what was measured.", Side(ledger), content, "").ToString();
    }

    private static string Group(IGrouping<string, LedgerRow> rows) => $"""
        <section aria-labelledby="article-{rows.Key}">
        <h2 id="article-{rows.Key}">Article {rows.Key}</h2>
        {string.Concat(rows.Select(Row))}
        </section>

        """;

    private static string Row(LedgerRow row)
    {
        var claim = row.Claim;
        var place = row switch
        {
            { Chapter: { } chapter, Verdict: { } verdict } =>
                $"<a href=\"{chapter.Link}#cell-{verdict.CellId}\">chapter {chapter.Number}, cell {verdict.CellNumber}</a>",
            { Chapter: { } chapter } => $"<a href=\"{chapter.Link}\">chapter {chapter.Number}</a>",
            _ => claim.PlannedChapter is { } planned ? $"planned for chapter {Html.Escape(planned)}" : "no chapter yet",
        };
        var recorded = row.State switch
        {
            LedgerState.Differs or LedgerState.Missing => $"<p class=\"notice failed\">Recorded: {row.Recorded ?? "nothing"}.</p>",
            LedgerState.DiffersHere => $"<p class=\"notice\">Recorded: {row.Recorded ?? "nothing"}. The claim is about time, which differs from machine to machine.</p>",
            _ => "",
        };
        return $"""
            <article class="claim" id="{claim.Id}" data-outcome="{row.Outcome}">
            <header><a class="id" href="#{claim.Id}">{claim.Id}</a> {VerdictBar.Badge(row.Outcome)} <span class="facts"><span>{Html.Escape(claim.Source)}</span> <span>{KindWord(claim.Kind)}</span> <span>{place}</span></span></header>
            <p class="text">{Html.Escape(claim.Text)}</p>
            {Remark("Condition", row.Outcome == VerdictKind.Qualified.Word() ? claim.Condition : null)}{Remark("Why it is not tested", claim.Why)}{Remark("Note", claim.Note)}{recorded}{Criteria(row)}{Amendments(claim)}
            </article>

            """;
    }

    private static string KindWord(ClaimKind kind) => kind switch
    {
        ClaimKind.Definition => "definition",
        ClaimKind.Experiment => "experiment",
        ClaimKind.System => "program",
        ClaimKind.History => "history",
        _ => "opinion",
    };

    private static string Remark(string word, string? text) =>
        text is null ? "" : $"<p class=\"remark\"><b>{word}:</b> {Html.Escape(text)}</p>\n";

    private static string Criteria(LedgerRow row)
    {
        var lines = row.Criteria.Select(entry => $"""
            <tr><td class="holds">{(entry.Measured?.Mark)}</td>
            <td>{Html.Escape(entry.Criterion.Text)}{Use(entry.Criterion)}</td>
            <td class="value">{Html.Escape(entry.Measured?.MeasuredText ?? "–")}</td><td class="value">{Html.Escape(entry.Criterion.ThresholdText)}</td>
            <td class="value">{entry.Measured?.Count.ToString() ?? "–"}</td></tr>
            """).ToList();
        return lines.Count == 0 ? "" : $"""
            <div class="scroll"><table>
            <thead><tr><th><span class="unseen">holds</span></th><th>criterion</th><th class="value">estimate [95 % interval]</th><th class="value">threshold</th><th class="value">runs</th></tr></thead>
            <tbody>{string.Join('\n', lines)}</tbody>
            </table></div>
            """;
    }

    private static string Use(Criterion criterion) => criterion.Use switch
    {
        CriterionUse.Stated => "",
        CriterionUse.Qualified => " <i>(under the condition)</i>",
        _ => " <i>(in both forms)</i>",
    };

    private static string Amendments(Claim claim) => claim.Amendments.Count == 0 ? "" : $"""
        <details class="amendments"><summary>{claim.Amendments.Count} {(claim.Amendments.Count == 1 ? "amendment" : "amendments")} of the rules</summary>
        <ul>{string.Concat(claim.Amendments.Select(amendment => $"<li>{Html.Escape(amendment.ToString())}</li>"))}</ul>
        </details>
        """;

    private static string Side(Ledger ledger)
    {
        var entries = ledger.Rows.GroupBy(row => row.Claim.Id[..1]).Select(rows =>
            $"<li class=\"level-2\"><a href=\"#article-{rows.Key}\">Article {rows.Key}</a> <small>{rows.Count()} claims</small></li>");
        return $"""
            <nav class="side" aria-label="On this page">
            <details open><summary>On this page</summary>
            <ol>
            {string.Join('\n', entries)}
            </ol>
            </details>
            </nav>
            """;
    }
}
