using RnnBook.Cli;

namespace RnnBook.Book.Tests;

/// <summary>Every chapter runs, and what it measures is what the ledger records.</summary>
public sealed class ChapterTests(WholeBook book) : IClassFixture<WholeBook>
{
    public static TheoryData<string> Names => [.. WholeBook.Chapters.Select(chapter => chapter.Name)];

    [Fact]
    public void The_book_runs_and_every_verdict_is_the_recorded_one() => Assert.True(book.Result.ExitCode == 0, book.Result.ToString());

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_cell_of_the_chapter_runs(string name)
    {
        var run = Recorded(name);
        Assert.Null(run.Failure);
        Assert.True(run.HasRun, $"{name} has no run of its present state:\n{book.Result}");
        Assert.Equal(run.Document!.Cells.Count(cell => cell.Kind == Notebook.CellKind.Code), run.Stamp!.CellSeconds.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_claim_of_the_chapter_has_the_recorded_verdict(string name)
    {
        var claims = ClaimsCommand.LoadClaims(WholeBook.Folder);
        foreach (var row in book.Ledger.Where(row => (string?)row!["chapter"] == name))
        {
            // A claim about time has a verdict of this machine.
            var (measured, isTiming) = ((string?)row!["verdict"], claims[(string)row["id"]!].IsTiming);
            Assert.True(isTiming ? measured is not null : measured == (string?)row["recorded"], $"{row["id"]}: measured {row["verdict"]}, recorded {row["recorded"]}");
        }
    }

    /// <summary>At least ten runs wherever chance has a say, twenty where a share decides; what is computed without chance says "every".</summary>
    [Fact]
    public void No_claim_that_was_found_by_experiment_rests_on_few_runs()
    {
        var criteria = from row in book.Ledger
                       where (string?)row!["kind"] == "exp" && row["measured"] is not null
                       from measured in row["measured"]!.AsObject()
                       where measured.Value is not null
                       select (Name: $"{row["id"]} {measured.Key}", Runs: (int)measured.Value!["runs"]!, Estimate: (string?)row["threshold"]![measured.Key]!["estimate"]);
        var all = criteria.Where(criterion => criterion.Estimate != "every").ToList();
        Assert.NotEmpty(all);
        Assert.DoesNotContain(all, criterion => criterion.Runs < (criterion.Estimate == "share" ? 20 : 10));
    }

    /// <summary>A chapter that "ran" in no time ran nothing. How long it takes is measured, never asserted.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_chapter_took_time(string name) => Assert.True(Recorded(name).Stamp!.Seconds > 0.01);

    private static ChapterRun Recorded(string name) => ChapterRun.Recorded(
        WholeBook.Folder, WholeBook.Chapters.Single(chapter => chapter.Name == name), new RunSettings("quick", 1, null));
}
