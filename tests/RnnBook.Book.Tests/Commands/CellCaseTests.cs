using AngleSharp.Html.Parser;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>Such cells in `book run`, on the site and in the live book.</summary>
public sealed class CellCaseTests(CellCaseTests.Book book) : IClassFixture<CellCaseTests.Book>
{
    public static TheoryData<string> Names => CellCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_shows_what_is_right_or_says_in_one_line_what_is_wrong(string name)
    {
        var one = CellCases.Of(name);
        var failures = book.Run.Output.Split('\n').Where(line => line.StartsWith("FAILED", StringComparison.Ordinal) && line.Contains(name, StringComparison.Ordinal)).ToList();
        var file = Path.Combine(book.Tiny.Root, "artifacts", "notebooks", name + ".ipynb");
        var output = CellCases.TextOf(NotebookDocument.Load(file).Cells[1].Outputs[^1]);
        Assert.Contains(one.Says, output, StringComparison.Ordinal);
        Assert.Contains(one.Advice ?? "", output, StringComparison.Ordinal);
        Assert.Equal(one.Fails ? 1 : 0, failures.Count);
        Assert.All(failures, line => Assert.Contains("cell 2 (cell-2), line ", line, StringComparison.Ordinal));
        Assert.All(failures, line => Assert.Contains(one.Says, line, StringComparison.Ordinal));
        Assert.InRange(new FileInfo(file).Length, 1, 60_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_page_shows_the_same(string name)
    {
        var one = CellCases.Of(name);
        var page = new HtmlParser().ParseDocument(File.ReadAllText(Path.Combine(book.Tiny.Site, name + ".html")));
        var output = page.QuerySelector("[data-cell='cell-2'] .outputs")!;
        Assert.Contains(one.Says, output.TextContent, StringComparison.Ordinal);
        Assert.Contains(one.Advice ?? "", output.TextContent, StringComparison.Ordinal);
        Assert.Equal(one.Fails, output.QuerySelector(".error") is not null);
        Assert.Equal(name == "06-chart" ? 1 : 0, output.QuerySelectorAll("figure.plot").Length);
        Assert.Null(output.QuerySelector(".stderr"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Run_live_it_does_the_same(string name)
    {
        var one = CellCases.Of(name);
        await using var page = await SocketReader.OpenAsync(book.Served, book.Access, name);
        await page.RunAsync(("cell-2", one.Code));
        await page.UntilAsync(reader => reader.StateOf("cell-2") is "ok" or "failed");
        Assert.Equal(one.Fails ? "failed" : "ok", page.StateOf("cell-2"));
        var shown = new HtmlParser().ParseDocument(page.Text("cell-2") + string.Concat(page.Values.Values)).Body!.TextContent;
        Assert.Contains(one.Says, shown, StringComparison.Ordinal);
        Assert.Contains(one.Advice ?? "", shown, StringComparison.Ordinal);
    }

    /// <summary>The book, run once and served.</summary>
    public sealed class Book : IAsyncLifetime
    {
        internal TinyBook Tiny { get; } = CellCases.NewBook();

        internal BookResult Run { get; private set; } = null!;

        internal ServedBook Served { get; private set; } = null!;

        internal string Access { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Run = await BookProcess.RunAsync(Tiny.Root, "run");
            Served = await ServedBook.StartAsync(Tiny.Root);
            Access = Served.NewAccess();
        }

        public async Task DisposeAsync()
        {
            await Served.DisposeAsync();
            Tiny.Dispose();
        }
    }
}
