using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>A book with one chapter of each way to fail between two good ones, run once.</summary>
public sealed class BrokenBook : IAsyncLifetime, IDisposable
{
    internal TinyBook Book { get; } = new();

    internal BookResult Result { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Book.Chapter("00-good", "Console.WriteLine(\"first\");")
            .Chapter("01-throws", "var x = 1;", "var y = x;\nthrow new InvalidOperationException(\"out of luck\");", "Console.WriteLine(\"never\");")
            .Chapter("02-does-not-compile", "var x = 1;\nvar y = nosuch;")
            .Chapter("03-endless", "var x = 1;\nwhile (true) { x++; }")
            .Chapter("04-overflows", "int Deeper(int x) => Deeper(x + 1) + 1;\nDeeper(0)")
            .Chapter("05-exits", "Console.WriteLine(\"before\");", "Environment.Exit(0);")
            .Chapter("06-asks", "var x = 1;\nvar name = Console.ReadLine();")
            .Chapter("09-good", "Console.WriteLine(\"last\");");
        Book.File("06-bad-json.ipynb", "{ \"cells\": [ oops ] }");
        Book.File("07-old-format.ipynb", """{ "nbformat": 3, "nbformat_minor": 0, "worksheets": [] }""");
        Book.File("08-no-cells.ipynb", """{ "nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [] }""");
        Book.WriteClaims(TinyBook.Claim("A1", null, null));
        Result = await BookProcess.RunAsync(Book.Root, "run", "--time-limit", "30");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => Book.Dispose();
}

/// <summary>Whatever a chapter does, `book run` says where and what, and the others run.</summary>
public sealed class BrokenChapterTests(BrokenBook broken) : IClassFixture<BrokenBook>
{
    [Theory]
    [InlineData("01-throws", "cell 3 (cell-3), line 2: ", "out of luck")]
    [InlineData("02-does-not-compile", "cell 2 (cell-2), line 2: ", "nosuch")]
    [InlineData("03-endless", "cell 2 (cell-2), line ", "30 s")]
    [InlineData("04-overflows", "cell 2 (cell-2), line ", "verflow")]
    [InlineData("05-exits", "cell 3 (cell-3), line 1: ", "xit")]
    [InlineData("06-asks", "cell 2 (cell-2), line 2: ", "cannot be asked")]
    [InlineData("06-bad-json", "line 1", "JSON")]
    [InlineData("07-old-format", "nbformat 3", "only 4")]
    [InlineData("08-no-cells", "no cells", "")]
    public void A_failing_chapter_is_named_in_one_line_with_cell_and_line(string chapter, string where, string what)
    {
        var line = Assert.Single(broken.Result.Output.Split('\n'), line => line.StartsWith("FAILED", StringComparison.Ordinal) && line.Contains(chapter, StringComparison.Ordinal));
        Assert.Contains(where, line, StringComparison.Ordinal);
        Assert.Contains(what, line, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_exit_code_is_1() => Assert.Equal(1, broken.Result.ExitCode);

    [Fact]
    public void Nothing_is_said_of_inner_workings() => Assert.DoesNotContain("   at ", broken.Result.Output + broken.Result.Errors, StringComparison.Ordinal);

    [Theory]
    [InlineData("00-good", "first")]
    [InlineData("09-good", "last")]
    public void The_other_chapters_run_and_keep_their_results(string chapter, string output)
    {
        var executed = NotebookDocument.Load(Path.Combine(broken.Book.Root, "artifacts", "notebooks", chapter + ".ipynb"));
        Assert.Equal(output, CellOutput.Text(executed.Cells[1].Outputs[0])?.Trim());
    }

    [Fact]
    public void What_a_chapter_said_before_it_failed_is_kept_and_nothing_after_it_runs()
    {
        var exits = NotebookDocument.Load(Path.Combine(broken.Book.Root, "artifacts", "notebooks", "05-exits.ipynb"));
        Assert.Equal("before", CellOutput.Text(exits.Cells[1].Outputs[0])?.Trim());
        var throws = NotebookDocument.Load(Path.Combine(broken.Book.Root, "artifacts", "notebooks", "01-throws.ipynb"));
        Assert.Equal("error", CellOutput.TypeOf(throws.Cells[2].Outputs[^1]));
        Assert.Empty(throws.Cells[3].Outputs);
    }

    [Fact]
    public void No_process_is_left() => Assert.Empty(broken.Book.Orphans());

    [Fact]
    public void The_site_shows_every_chapter_and_why_it_failed()
    {
        Assert.Contains("out of luck", File.ReadAllText(Path.Combine(broken.Book.Site, "01-throws.html")), StringComparison.Ordinal);
        Assert.Contains("bad JSON", File.ReadAllText(Path.Combine(broken.Book.Site, "06-bad-json.html")), StringComparison.Ordinal);
        Assert.Contains("first", File.ReadAllText(Path.Combine(broken.Book.Site, "00-good.html")), StringComparison.Ordinal);
    }
}
