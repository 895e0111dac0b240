namespace RnnBook.Tests;

public class VerdictRuleTests
{
    private const string Row = """
        [{ "id": "X1", "source": "X §1", "kind": "exp", "claim": "It works.", "chapter": "01", "condition": "if it is small",
           "criteria": [
             { "name": "success", "for": "stated", "is": ">=", "threshold": 0.8, "text": "share that succeeds" },
             { "name": "loss", "for": "stated", "is": "<", "threshold": 0.1, "text": "loss at the end" },
             { "name": "success", "for": "qualified", "is": ">=", "threshold": 0.5, "text": "share that succeeds" },
             { "name": "scale", "for": "qualified", "is": "between", "threshold": [0.9, 1.1], "text": "scale" } ],
           "recorded": "reproduced" }]
        """;

    [Theory]
    [InlineData(0.9, 0.05, 1.0, VerdictKind.Reproduced)]
    [InlineData(0.8, 0.05, 1.0, VerdictKind.Reproduced)] // ≥ includes the threshold
    [InlineData(0.9, 0.05, 5.0, VerdictKind.Reproduced)] // what holds as stated needs no condition
    [InlineData(0.9, 0.1, 1.0, VerdictKind.Qualified)] // < does not include it
    [InlineData(0.7, 0.05, 0.9, VerdictKind.Qualified)] // between includes both ends
    [InlineData(0.5, 9.0, 1.1, VerdictKind.Qualified)]
    [InlineData(0.7, 0.05, 1.11, VerdictKind.Refuted)]
    [InlineData(0.4, 0.05, 1.0, VerdictKind.Refuted)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, 1.0, VerdictKind.Refuted)]
    public void The_verdict_follows_from_which_criteria_hold(double success, double loss, double scale, VerdictKind expected)
    {
        var verdict = Claim().Settle(("success", [success]), ("loss", [loss]), ("scale", [scale]));
        Assert.Equal(expected, verdict.Outcome);
        Assert.Equal(expected == VerdictKind.Reproduced, verdict.AgreesWithRecord);
    }

    [Theory]
    [InlineData(">=", 1, true)]
    [InlineData("<=", 1, true)]
    [InlineData(">", 1, false)]
    [InlineData("<", 1, false)]
    [InlineData(">", 1.01, true)]
    [InlineData("<", 0.99, true)]
    [InlineData(">=", 0.99, false)]
    [InlineData("<=", 1.01, false)]
    public void Comparisons_are_what_they_say(string sign, double measured, bool reproduced)
    {
        var claim = Only($$"""{ "name": "m", "for": "stated", "is": "{{sign}}", "threshold": 1, "text": "m" }""");
        Assert.Equal(reproduced ? VerdictKind.Reproduced : VerdictKind.Refuted, claim.Settle(("m", [measured])).Outcome);
    }

    [Theory]
    [InlineData(new[] { 5.0, 1, 2 }, 2, 1, 5)]
    [InlineData(new[] { 4.0, 1, 2, 100 }, 3, 1, 100)]
    [InlineData(new[] { 7.0 }, 7, 7, 7)]
    [InlineData(new[] { double.PositiveInfinity, 1, 2 }, 2, 1, double.PositiveInfinity)]
    public void The_median_is_compared_and_the_range_is_kept(double[] values, double median, double low, double high)
    {
        var measured = Only("""{ "name": "m", "for": "stated", "is": ">=", "threshold": 3, "text": "m" }""").Settle(("m", values)).Measured[0];
        Assert.Equal((median, low, high, values.Length), (measured.Median, measured.Low, measured.High, measured.Count));
        Assert.Equal(median >= 3, measured.Holds);
    }

    [Fact]
    public void Wrong_measurements_are_refused_in_one_line_that_names_them_all()
    {
        AssertRefused("X1 cannot be settled: nothing was measured for \"scale\".", ("success", [1]), ("loss", [1]));
        AssertRefused("\"loss\" is NaN in run 2 of 3", ("success", [1]), ("loss", [1, double.NaN, 1]), ("scale", [1]));
        AssertRefused("\"success\" has no values", ("success", []), ("loss", [1]), ("scale", [1]));
        AssertRefused(
            "there is no criterion \"los\" (there is: \"success\", \"loss\", \"scale\")",
            ("success", [1]), ("los", [1]), ("loss", [1]), ("scale", [1]));
        AssertRefused("\"loss\" was measured twice", ("success", [1]), ("loss", [1]), ("loss", [1]), ("scale", [1]));
        AssertRefused("nothing was measured for \"loss\"; nothing was measured for \"scale\"", ("success", [1]));
    }

    [Fact]
    public void A_claim_without_criteria_is_not_tested_if_it_says_why_and_cannot_be_settled_otherwise()
    {
        var future = ClaimBook.Parse("""
            [{ "id": "X2", "source": "X", "kind": "opn", "claim": "c", "chapter": "01", "criteria": [], "why": "a forecast" }]
            """, "x")["X2"];
        var verdict = future.Settle();
        Assert.Equal((VerdictKind.NotTested, 0), (verdict.Outcome, verdict.Seeds));
        Assert.Contains("Not tested: a forecast", verdict.ToString());
        Assert.Throws<ArgumentException>(() => future.Settle(("m", [1])));

        var open = ClaimBook.Parse("""[{ "id": "X3", "source": "X", "kind": "exp", "claim": "c", "criteria": [] }]""", "x")["X3"];
        Assert.True(open.IsOpen);
        Assert.Contains("X3 has no criteria", Assert.Throws<InvalidOperationException>(() => open.Settle()).Message);
    }

    private static Claim Claim() => ClaimBook.Parse(Row, "test")["X1"];

    private static Claim Only(string criterion) => ClaimBook.Parse(
        $$"""[{ "id": "X1", "source": "X", "kind": "def", "claim": "c", "chapter": "01", "criteria": [{{criterion}}] }]""", "test")["X1"];

    private static void AssertRefused(string message, params (string, IEnumerable<double>)[] measured)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Claim().Settle(measured)).Message;
        Assert.Contains(message, refusal);
        Assert.DoesNotContain('\n', refusal);
    }
}
