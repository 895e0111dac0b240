namespace RnnBook.Cli;

/// <summary>The first page: what the book is, its chapters, how the claims stand.</summary>
internal static class IndexPage
{
    public static string Write(IReadOnlyList<ChapterInfo> chapters, Ledger ledger, WebAssets assets)
    {
        var settled = ledger.Rows.Count(row => row.State is LedgerState.Agrees or LedgerState.Differs or LedgerState.DiffersHere);
        var content = $"""
            <article class="front">
            <header class="title">
            <p class="kicker">A textbook one can run</p>
            <h1>ReLU in recurrent networks, put to the test</h1>
            <p class="lead">Five articles, and the field's own books and papers beside them, make claims about ReLU and its relatives in
            recurrent neural networks: {ledger.Rows.Count} stand in the ledger. This book measures them, in C# notebooks you can run and change,
            and says where they are right, where they leave out a condition, and where they are wrong. Every number that a chapter reports
            was computed by the cell above it.</p>
            </header>
            <div id="powers" class="powers">
            <p>A recurrent network multiplies its memory by the same matrix at every step, and its gradient on the way back. Below a radius of 1 nothing
            is left after a while, above 1 it runs away; the identity is the one matrix that changes nothing. The book is about what follows from that.
            {FirstChapter(chapters)}</p>
            </div>
            <section aria-labelledby="chapters">
            <h2 id="chapters">Chapters</h2>
            <ol class="contents">
            {string.Join('\n', chapters.Select(chapter => Entry(chapter, ledger)))}
            </ol>
            </section>
            <section aria-labelledby="claims">
            <h2 id="claims">How the claims stand</h2>
            {VerdictBar.Of(ledger)}
            <p>{settled} of {ledger.Rows.Count} claims have a verdict so far. A verdict is computed from measured numbers against thresholds written down
            beforehand, over several seeds. <a href="ledger.html">The ledger</a> lists every claim with what was measured for it.</p>
            </section>
            </article>
            """;
        return new PageFrame(
            "RnnBook: ReLU in recurrent networks, put to the test",
            "A textbook one can run: claims about ReLU in recurrent neural networks, measured in C# notebooks.",
            "", content, assets.HeadTags(withFigures: false, withMath: content.Contains("class=\"math", StringComparison.Ordinal))
                + "\n<script defer blocking=\"render\" src=\"assets/powers.js\"></script>").ToString();
    }

    private static string FirstChapter(IReadOnlyList<ChapterInfo> chapters) =>
        chapters.Count == 0 ? "" : $"<a href=\"{chapters[0].Link}\">Start here</a>.";

    private static string Entry(ChapterInfo chapter, Ledger ledger)
    {
        var state = chapter.Run switch
        {
            { Failure: not null, HasRun: true } => "stopped by an error",
            { Failure: not null } => "cannot be run",
            { Stamp: { } stamp } => $"ran in {stamp.Seconds:0} s",
            _ => "not run yet",
        };
        var minutes = chapter.Minutes is { } count ? $"{count} min · " : "";
        var claims = ledger.Rows.Where(row => row.Chapter == chapter.Run.Chapter).Select(row =>
            $"<a class=\"{VerdictBar.Class(row.Outcome)}\" href=\"ledger.html#{row.Claim.Id}\" title=\"{row.Outcome}\">{row.Claim.Id}</a>");
        var exercises = string.Join(' ', chapter.Exercises);
        return $"""
            <li data-exercises="{Html.Escape(exercises)}"><a href="{chapter.Link}"><span class="number">{Html.Escape(chapter.Number)}</span> <span class="name">{Html.Escape(chapter.Title)}</span></a>
            <p>{chapter.Lead}</p><p class="facts">{minutes}{state} <span class="settles">{string.Concat(claims)}</span></p></li>
            """;
    }
}
