namespace RnnBook.Tests;

public class ClaimBookTests
{
    private const string Good = """{ "name": "m", "for": "stated", "is": ">=", "threshold": 1, "text": "t" }""";

    [Fact]
    public void A_whole_row_is_read()
    {
        var claim = ClaimBook.Parse("""
            [{ "id": "C8", "source": "C §1", "kind": "exp", "claim": "Start from the identity.", "chapter": "07", "condition": "on this task",
               "criteria": [{ "name": "m", "for": "qualified", "is": "between", "threshold": [1, 2], "text": "t" },
                            { "name": "m", "for": "stated", "estimate": "share", "is": "<=", "threshold": 3e-2, "text": "t" }],
               "recorded": "qualified", "note": "n" }]
            """, "test")["C8"];
        Assert.Equal(("C8", "C §1", ClaimKind.Experiment), (claim.Id, claim.Source, claim.Kind));
        Assert.Equal(("07", VerdictKind.Qualified), (claim.Chapter, claim.Recorded));
        Assert.Equal(("Start from the identity.", "on this task", "n", false), (claim.Text, claim.Condition, claim.Note, claim.IsOpen));
        Assert.Equal(new Criterion("m", CriterionUse.Qualified, Estimate.Median, Comparison.Between, 1, 2, "t"), claim.Criteria[0]);
        Assert.Equal(new Criterion("m", CriterionUse.Stated, Estimate.Share, Comparison.AtMost, 0.03, 0.03, "t"), claim.Criteria[1]);
        Assert.Equal(("1 to 2", "≤ 0.03"), (claim.Criteria[0].ThresholdText, claim.Criteria[1].ThresholdText));
    }

    [Theory]
    [InlineData("""[{ "id": "C8" """, "no valid JSON")]
    [InlineData("""{ "claims": [] }""", "an array of rows is needed")]
    [InlineData("""[7]""", "row 1: an object is needed")]
    [InlineData("""[{ "id": "C8", "id": "C9" }]""", "no valid JSON")]
    public void A_file_of_another_kind_is_refused(string json, string problem) => AssertProblem(json, problem);

    [Theory]
    [InlineData("\"id\": \"8C\"", "row 1 (8C): \"id\" is a capital letter and a number, such as C8")]
    [InlineData("\"kind\": \"fact\"", "row 1 (C8): \"kind\" is \"fact\", which is none of: def, exp, sys, his, opn")]
    [InlineData("\"source\": null", "row 1 (C8): \"source\" is missing")]
    [InlineData("\"claim\": \" \"", "row 1 (C8): \"claim\" must be a text that is not empty")]
    [InlineData("\"claim\": 3", "row 1 (C8): \"claim\" must be a text that is not empty")]
    [InlineData("\"chapter\": null", "row 1 (C8): a verdict is recorded, but no chapter settles it")]
    [InlineData("\"recorded\": \"proven\"", "row 1 (C8): \"recorded\" is \"proven\", which is none of: reproduced, qualified, refuted, undecided, definition, checked, not tested")]
    [InlineData("\"recorded\": \"not tested\"", "row 1 (C8): \"not tested\" is recorded, but there are criteria")]
    [InlineData("\"recorded\": \"qualified\"", "row 1 (C8): \"qualified\" is recorded without a \"condition\"")]
    [InlineData("\"recorded\": \"definition, checked\"", "row 1 (C8): \"definition, checked\" is recorded, but the kind is not def")]
    [InlineData("\"condition\": \"if small\"", "row 1 (C8): a \"condition\" needs criteria for \"qualified\"")]
    [InlineData("\"amendments\": [{ \"date\": \"2026-11-28\" }]", "row 1 (C8), amendment 1: \"commit\" is missing")]
    [InlineData("\"why\": \"because\"", "row 1 (C8): \"why\" says why a claim is not tested, but this one has criteria")]
    [InlineData("\"tresholds\": []", "row 1 (C8): unknown property \"tresholds\"")]
    [InlineData("\"criteria\": {}", "row 1 (C8): \"criteria\" must be an array")]
    [InlineData("\"criteria\": []", "row 1 (C8): a chapter settles it, but it has neither criteria nor \"why\"")]
    public void A_wrong_row_is_named_with_what_is_wrong(string change, string problem) => AssertProblem(Row(change, Good), problem);

    [Theory]
    [InlineData("\"is\": \"=>\"", "criterion 1: \"is\" is \"=>\", which is none of: >=, <=, >, <, between")]
    [InlineData("\"threshold\": null", "criterion 1: \"threshold\" must be a number")]
    [InlineData("\"threshold\": \"0.8\"", "criterion 1: \"threshold\" must be a number")]
    [InlineData("\"threshold\": [1, 2]", "criterion 1: \"threshold\" must be a number")]
    [InlineData("\"is\": \"between\"", "criterion 1: \"threshold\" must be [low, high]")]
    [InlineData("\"for\": \"always\"", "criterion 1: \"for\" is \"always\", which is none of: stated, qualified, both")]
    [InlineData("\"for\": \"qualified\"", "row 1 (C8): there is no criterion for \"stated\"")]
    [InlineData("\"name\": null", "criterion 1: \"name\" is missing")]
    [InlineData("\"value\": 3", "criterion 1: unknown property \"value\"")]
    public void A_wrong_criterion_is_named_with_what_is_wrong(string change, string problem) =>
        AssertProblem(Row("\"note\": \"n\"", Change(Good, change)), problem);

    [Fact]
    public void A_missing_threshold_is_named() => AssertProblem(
        Row("\"note\": \"n\"", """{ "name": "m", "for": "stated", "is": ">=", "text": "t" }"""),
        "row 1 (C8), criterion 1: \"threshold\" must be a number");

    [Fact]
    public void A_criterion_must_not_stand_twice() =>
        AssertProblem(Row("\"note\": \"n\"", Good + ", " + Good), "row 1 (C8), criterion 2: \"m\" stands twice: a criterion for both verdicts says");

    [Fact]
    public void Qualified_criteria_need_a_condition() => AssertProblem(
        Row("\"note\": \"n\"", Good + ", " + Change(Good, "\"for\": \"qualified\"")), "criteria for \"qualified\" need a \"condition\"");

    [Fact]
    public void All_problems_come_at_once_a_line_each()
    {
        var row = Row("\"kind\": \"fact\"", Good);
        var both = $"[{row[1..^1]}, {row[1..^1]}]";
        var lines = Assert.Throws<InvalidDataException>(() => ClaimBook.Parse(both, "claims.json")).Message.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("claims.json: row ", line));
        Assert.Contains("row 2 (C8): this id stands in an earlier row too", lines[1]);
    }

    [Fact]
    public void Missing_files_and_missing_claims_are_named()
    {
        Assert.Contains("no-such.json", Assert.Throws<FileNotFoundException>(() => ClaimBook.Load("no-such.json")).Message);
        Assert.Contains("no claim \"Z1\"", Assert.Throws<KeyNotFoundException>(() => ClaimBook.Parse("[]", "x")["Z1"]).Message);
    }

    [Fact]
    public void The_ledger_of_the_book_is_whole()
    {
        var book = ClaimBook.Load(Path.Combine(Clone.Root, "data", "claims.json"));
        var expected = Enumerable.Range(1, 17).Select(i => $"A{i}")
            .Concat(Enumerable.Range(1, 17).Select(i => $"B{i}"))
            .Concat(Enumerable.Range(1, 10).Select(i => $"C{i}"))
            .Concat(Enumerable.Range(1, 19).Select(i => $"D{i}"))
            .Concat(Enumerable.Range(1, 16).Select(i => $"E{i}"))
            .Concat(Enumerable.Range(1, 12).Select(i => $"P{i}"));
        Assert.Equal(expected, book.Select(claim => claim.Number).Distinct());
        Assert.All(book, claim => Assert.Matches("^(0[0-9]|1[0-5])$", claim.Chapter ?? claim.PlannedChapter));
    }

    /// <summary>A good row with one property changed or added.</summary>
    private static string Row(string change, string criteria)
    {
        var row = $$"""{ "id": "C8", "source": "C §1", "kind": "exp", "claim": "c", "chapter": "07", "criteria": [], "recorded": "refuted" }""";
        var changed = Change(row, change);
        return $"[{(change.StartsWith("\"criteria\"", StringComparison.Ordinal)
            ? changed : changed.Replace("\"criteria\":[]", $"\"criteria\":[{criteria}]", StringComparison.Ordinal))}]";
    }

    private static string Change(string json, string change)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse($"{{ {change} }}")!.AsObject())
        {
            node[name] = value?.DeepClone();
        }

        return node.ToJsonString();
    }

    private static void AssertProblem(string json, string problem)
    {
        var message = Assert.Throws<InvalidDataException>(() => ClaimBook.Parse(json, "claims.json")).Message;
        Assert.Contains(problem, message);
        Assert.StartsWith("claims.json: ", message);
    }
}
