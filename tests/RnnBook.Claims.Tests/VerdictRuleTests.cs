namespace RnnBook.Tests;

public class VerdictRuleTests
{
    private const string Row = """
        [{ "id": "X1", "source": "X §1", "kind": "exp", "claim": "It works.", "chapter": "01", "condition": "if it is small",
           "criteria": [
             { "name": "success", "for": "both", "is": ">=", "threshold": 0.8, "text": "share that succeeds" },
             { "name": "loss", "for": "stated", "is": "<", "threshold": 0.1, "text": "loss at the end" },
             { "name": "scale", "for": "qualified", "is": "between", "threshold": [0.9, 1.1], "text": "scale" } ],
           "recorded": "reproduced" }]
        """;

    [Theory]
    [InlineData(0.9, 0.05, 1.0, VerdictKind.Reproduced)]
    [InlineData(0.8, 0.05, 1.0, VerdictKind.Reproduced)] // ≥ includes the threshold
    [InlineData(0.9, 0.05, 5.0, VerdictKind.Reproduced)] // what holds as stated needs no condition
    [InlineData(0.9, 0.1, 1.0, VerdictKind.Qualified)] // < does not include it
    [InlineData(0.9, 0.2, 0.9, VerdictKind.Qualified)] // between includes both ends
    [InlineData(0.9, 9.0, 1.11, VerdictKind.Refuted)]
    [InlineData(0.7, 0.05, 1.0, VerdictKind.Refuted)] // what both forms need fails
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, 1.0, VerdictKind.Refuted)]
    public void The_verdict_follows_from_which_criteria_hold(double success, double loss, double scale, VerdictKind expected)
    {
        var verdict = Claim().Settle(("success", [success]), ("loss", [loss]), ("scale", [scale]));
        Assert.Equal(expected, verdict.Outcome);
        Assert.Equal(expected == VerdictKind.Reproduced, verdict.AgreesWithRecord);
    }

    [Theory]
    [InlineData("0.9", "straddles", "1", VerdictKind.Undecided)] // as stated nothing fails, nothing is certain
    [InlineData("0.9", "0.2", "straddles", VerdictKind.Undecided)] // as stated it fails, under the condition nothing is certain
    [InlineData("straddles", "0.2", "1", VerdictKind.Undecided)]
    [InlineData("straddles", "0.2", "5", VerdictKind.Refuted)]
    [InlineData("straddles", "0.05", "1", VerdictKind.Undecided)]
    public void An_interval_on_both_sides_of_a_threshold_decides_nothing(string success, string loss, string scale, VerdictKind expected)
    {
        static double[] Values(string value, double threshold) => value == "straddles"
            ? [.. Enumerable.Range(0, 10).Select(i => threshold + ((i - 4.5) / 10))]
            : [double.Parse(value, System.Globalization.CultureInfo.InvariantCulture)];
        var verdict = Claim().Settle(("success", Values(success, 0.8)), ("loss", Values(loss, 0.1)), ("scale", Values(scale, 1.1)));
        Assert.Equal(expected, verdict.Outcome);
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
    public void Comparisons_are_what_they_say(string sign, double measured, bool holds)
    {
        var claim = Only($$"""{ "name": "m", "for": "stated", "is": "{{sign}}", "threshold": 1, "text": "m" }""");
        Assert.Equal(holds ? VerdictKind.Checked : VerdictKind.Refuted, claim.Settle(("m", [measured])).Outcome);
    }

    [Theory]
    [InlineData(new[] { 5.0, 1, 2 }, 2, 1, 5)]
    [InlineData(new[] { 4.0, 1, 2, 100 }, 3, 1, 100)]
    [InlineData(new[] { 7.0 }, 7, 7, 7)]
    [InlineData(new[] { double.PositiveInfinity, 1, 2 }, 2, 1, double.PositiveInfinity)]
    public void The_median_and_the_range_are_kept(double[] values, double median, double low, double high)
    {
        var measured = Only("""{ "name": "m", "for": "stated", "estimate": "median", "is": ">=", "threshold": 3, "text": "m" }""").Settle(("m", values)).Measured[0];
        Assert.Equal((median, new Interval(low, high), values.Length), (measured.Value, measured.Range, measured.Count));
    }

    [Fact]
    public void A_definition_holds_only_if_every_value_does()
    {
        const string Tolerance = """{ "name": "m", "for": "stated", "is": "<=", "threshold": 1e-6, "text": "m" }""";
        Assert.Equal(VerdictKind.Checked, Only(Tolerance).Settle(("m", [1e-7, 1e-8, 1e-6])).Outcome);
        Assert.Equal(VerdictKind.Refuted, Only(Tolerance).Settle(("m", [1e-7, 1e-8, 2e-6])).Outcome);
    }

    [Fact]
    public void A_share_is_made_of_yes_and_no()
    {
        var claim = Only("""{ "name": "m", "for": "stated", "estimate": "share", "is": ">=", "threshold": 0.8, "text": "m" }""");
        var measured = claim.Settle(("m", Enumerable.Repeat(1.0, 20))).Measured[0];
        Assert.Equal((1, true), (measured.Value, measured.Holds));
        Assert.Equal(0.8389, measured.Interval.Low, 4); // Wilson's interval for 20 of 20
        Assert.Contains("\"m\" is a share: its values are 1 (yes) and 0 (no), not 0.5.", Assert.Throws<ArgumentException>(() => claim.Settle(("m", [0.5, 1]))).Message);
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

    [Fact]
    public void Who_attacks_a_verdict_sees_one_criterion_judged_by_other_values()
    {
        Assert.True(Claim().Attack("success", [0.9, 0.9]).Holds);
        Assert.StartsWith("✗ share that succeeds: 0.5", Claim().Attack("success", [0.5, 0.5]).ToString());
        Assert.StartsWith(
            "X1 has no criterion \"succes\": there is \"success\", \"loss\", \"scale\".", Assert.Throws<ArgumentException>(() => Claim().Attack("succes", [1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Claim().Attack("success", []));
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
