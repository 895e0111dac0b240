namespace RnnBook.Tests;

public sealed class VerdictTallyTests
{
    private static readonly ClaimBook Claims = ClaimBook.Parse(
        """
        [{ "id": "A1", "source": "A §1", "kind": "his", "claim": "c", "chapter": "01", "criteria": [], "why": "w", "recorded": "not tested" },
         { "id": "A2", "source": "A §2", "kind": "exp", "claim": "c", "plannedChapter": "02", "criteria": [] },
         { "id": "A3", "source": "A §3", "kind": "exp", "claim": "c", "chapter": "01", "recorded": "refuted",
           "criteria": [{ "name": "m", "for": "stated", "is": ">=", "threshold": 1, "text": "t" }] }]
        """,
        "claims");

    private static readonly VerdictTally Tally = new VerdictTally("By <source>").Add("A", Claims).Add("none", []);

    [Fact]
    public void Claims_are_counted_in_the_order_of_verdicts_and_open_ones_last() => Assert.Equal(
        [(VerdictKind.Refuted, 1), (VerdictKind.NotTested, 1), ((VerdictKind?)null, 1)], Tally.Rows[0].Parts);

    [Fact]
    public void The_tally_reads_as_text() => Assert.Equal("By <source>\nA: 1 refuted, 1 not tested, 1 open\nnone: no claims", Tally.ToString());

    [Fact]
    public void The_bars_have_marks_and_colours_and_escape_their_words()
    {
        var html = Tally.ToHtml();
        Assert.Contains("By &lt;source&gt;", html, StringComparison.Ordinal);
        Assert.Contains(VerdictKind.Refuted.Colour(), html, StringComparison.Ordinal);
        Assert.Contains("✗ 1", html, StringComparison.Ordinal);
        Assert.Contains("○ 1", html, StringComparison.Ordinal);
    }
}
