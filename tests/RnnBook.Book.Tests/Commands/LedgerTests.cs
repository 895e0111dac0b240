using System.Text.Json.Nodes;

namespace RnnBook.Book.Tests;

/// <summary>Measured against recorded verdicts, and `book claims`.</summary>
public sealed class LedgerTests
{
    private static readonly string[] Keys =
        ["id", "source", "kind", "claim", "verdict", "recorded", "measured", "threshold", "condition", "amendments", "seeds", "chapter", "cell"];

    [Fact]
    public async Task A_book_whose_verdicts_are_the_recorded_ones_ends_with_0()
    {
        using var book = Settling("A1", 2).WriteClaims(TinyBook.Claim("A1", "01", "reproduced"), TinyBook.Claim("A2", null, null));
        var result = await BookProcess.RunAsync(book.Root, "run");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("✓ reproduced", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 claims are open", result.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(book.Site, "index.html"), result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A1", "reproduced", 0.5, "A1: measured refuted, recorded reproduced")]
    [InlineData("A1", null, 2.0, "A1: measured reproduced, recorded nothing")]
    public async Task A_verdict_that_is_not_the_recorded_one_ends_with_1_and_shows_both(string id, string? recorded, double value, string problem)
    {
        using var book = Settling(id, value).WriteClaims(TinyBook.Claim("A1", "01", recorded));
        var result = await BookProcess.RunAsync(book.Root, "run");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(problem, result.Output, StringComparison.Ordinal);
        Assert.Contains(problem, File.ReadAllText(Path.Combine(book.Site, "ledger.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_about_time_may_come_out_otherwise_on_another_machine_which_is_said()
    {
        var claim = TinyBook.Claim("A1", "01", "reproduced");
        claim["timing"] = true;
        using var book = Settling("A1", 0.5).WriteClaims(claim);
        var result = await BookProcess.RunAsync(book.Root, "run");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("refuted on this machine, recorded: reproduced", result.Output, StringComparison.Ordinal);
        Assert.Contains("differs from machine to machine", File.ReadAllText(Path.Combine(book.Site, "ledger.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_without_verdict_a_verdict_without_claim_and_one_of_another_chapter_are_problems()
    {
        using var book = Settling("A2", 2).WriteClaims(TinyBook.Claim("A1", "01", "reproduced"), TinyBook.Claim("A2", "02", "reproduced"));
        var shown = """{ "id": "Z9", "verdict": "refuted", "seeds": 1, "criteria": [] }""";
        book.Chapter("02-more", $"display({'"'}{'"'}{'"'}{shown}{'"'}{'"'}{'"'}, \"application/vnd.rnnbook.verdict+json\");");
        var result = await BookProcess.RunAsync(book.Root, "run");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("A1: recorded reproduced, but 01-settles gave no verdict", result.Output, StringComparison.Ordinal);
        Assert.Contains("a verdict for A2, which data/claims.json gives to chapter 02", result.Output, StringComparison.Ordinal);
        Assert.Contains("a verdict for Z9, which is no claim", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_as_json_run_what_is_missing_and_print_only_the_array()
    {
        using var book = Settling("A1", 2).WriteClaims(TinyBook.Claim("A1", "01", "reproduced"), TinyBook.Claim("A2", null, null));

        var first = await BookProcess.RunAsync(book.Root, "claims", "--json");
        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Contains("Running 01-settles", first.Errors, StringComparison.Ordinal);
        var rows = JsonNode.Parse(first.Output)!.AsArray();
        Assert.All(rows, row => Assert.Equal(Keys, row!.AsObject().Select(entry => entry.Key)));
        Assert.Equal("reproduced", (string?)rows[0]!["verdict"]);
        Assert.Equal(2, (double)rows[0]!["measured"]!["value"]!["value"]!);
        Assert.Equal(1, (double)rows[0]!["threshold"]!["value"]!["value"]!);
        Assert.Equal(("01-settles", "cell-3", 3), ((string?)rows[0]!["chapter"], (string?)rows[0]!["cell"], (int)rows[0]!["seeds"]!));
        Assert.Equal("open", (string?)rows[1]!["verdict"]);

        var second = await BookProcess.RunAsync(book.Root, "claims", "--json");
        Assert.Contains("nothing has changed since", second.Errors, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);

        var data = Dataset.Of("tinyshakespeare").Files[0].Path;
        File.WriteAllText(Path.Combine(book.Root, "data", data), "a data set that a chapter may use");
        var withData = await BookProcess.RunAsync(book.Root, "claims", "--json");
        Assert.DoesNotContain("nothing has changed since", withData.Errors, StringComparison.Ordinal);
        Assert.Equal(first.Output, withData.Output);

        Settling(book, "A1", 0.5);
        var last = await BookProcess.RunAsync(book.Root, "claims", "--json", "--last");
        Assert.Equal(first.Output, last.Output);
        var third = await BookProcess.RunAsync(book.Root, "claims", "--json");
        Assert.Equal(1, third.ExitCode);
        Assert.Equal("refuted", (string?)JsonNode.Parse(third.Output)![0]!["verdict"]);
    }

    private static TinyBook Settling(string id, double value) => Settling(new TinyBook(), id, value);

    private static TinyBook Settling(TinyBook book, string id, double value) =>
        book.Chapter("01-settles", TinyBook.Libraries, $"claims[\"{id}\"].Settle((\"value\", new double[] {{ {value}, {value}, {value} }}))");
}
