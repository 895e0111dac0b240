using RnnBook.Cli;

namespace RnnBook.Book.Tests;

/// <summary>Every chapter runs, and what it measures is what the ledger records.</summary>
[Collection(WholeBookTests.Name)]
public sealed class ChapterTests(WholeBook book)
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
        foreach (var row in book.Ledger.Where(row => (string?)row!["chapter"] == name))
        {
            Assert.True((string?)row!["verdict"] == (string?)row["recorded"], $"{row["id"]}: measured {row["verdict"]}, recorded {row["recorded"]}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_chapter_keeps_its_promise_of_40_seconds_with_room_for_a_busy_machine(string name) =>
        Assert.InRange(Recorded(name).Stamp!.Seconds, 0.01, 240);

    private static ChapterRun Recorded(string name) => ChapterRun.Recorded(
        WholeBook.Folder, WholeBook.Chapters.Single(chapter => chapter.Name == name), new RunSettings("quick", 1, null));
}
