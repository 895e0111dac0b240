using System.Net;
using AngleSharp.Html.Parser;

namespace RnnBook.Book.Tests;

/// <summary>A book into which somebody has put notebooks from elsewhere: `book run`, `site` and `serve` go on and say what each lacks.</summary>
public sealed class ForeignNotebookTests(ForeignNotebookTests.Book book) : IClassFixture<ForeignNotebookTests.Book>
{
    private const string OddName = "08 café & 100% #1 'a' +b";

    private const string Dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Theory]
    [InlineData("01-python", "its cells are python")]
    [InlineData("02-loop", "cannot be read")]
    [InlineData("03-nowhere", "cannot be read")]
    [InlineData("04-nan", "put null in their place")]
    [InlineData("05-latin", "no UTF-8")]
    [InlineData("10-web-page", "looks like a web page")]
    public void What_cannot_be_run_is_named_in_one_line_and_has_a_page_that_says_so(string name, string expected)
    {
        var line = Assert.Single(book.Run.Output.Split('\n'), line => line.StartsWith("FAILED", StringComparison.Ordinal) && line.Contains(name, StringComparison.Ordinal));
        Assert.Contains(expected, line, StringComparison.Ordinal);
        var notice = Page(name).QuerySelector(".notice.failed")!.TextContent;
        Assert.Contains("cannot be run", notice, StringComparison.Ordinal);
        Assert.Contains(expected, notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00-good")]
    [InlineData("06-repeated-ids")]
    [InlineData("07-attachments")]
    [InlineData(OddName)]
    [InlineData("09-half")]
    [InlineData("index")]
    public void What_can_be_run_is_run(string name)
    {
        Assert.DoesNotContain(book.Run.Output.Split('\n'), line => line.StartsWith("FAILED", StringComparison.Ordinal) && line.Contains(name + ".", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(book.Tiny.Root, "artifacts", "notebooks", name + ".ipynb")));
    }

    [Fact]
    public void Nothing_is_said_of_inner_workings()
    {
        Assert.Equal(1, book.Run.ExitCode);
        Assert.Equal("", book.Run.Errors.Trim());
        Assert.Equal(0, book.Site.ExitCode);
        Assert.DoesNotContain("   at ", book.Run.Output + book.Site.Output + book.Site.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Attached_pictures_are_shown_also_in_headings_and_in_the_title()
    {
        var pictures = Page("07-attachments").QuerySelectorAll("main img").Select(picture => picture.GetAttribute("src")).ToList();
        Assert.Equal(Enumerable.Repeat($"data:image/png;base64,{Dot}", 3), pictures);
    }

    [Fact]
    public void A_later_heading_of_the_first_level_is_not_lost() =>
        Assert.Equal(["Pictures  #", "A second title #"], Page("07-attachments").QuerySelectorAll("h2").Select(heading => heading.TextContent.Trim()));

    [Fact]
    public void Every_link_between_the_pages_leads_to_a_file()
    {
        foreach (var file in Directory.EnumerateFiles(book.Tiny.Site, "*.html"))
        {
            var page = new HtmlParser().ParseDocument(File.ReadAllText(file));
            Assert.All(page.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!.Split('#')[0]).Where(target => target.Length > 0 && !target.Contains("..", StringComparison.Ordinal)),
                target => Assert.True(File.Exists(Path.Combine(book.Tiny.Site, Uri.UnescapeDataString(target))), $"{file}: {target}"));
        }

        Assert.Contains("A notebook called index", Page("chapter-index").QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_live_book_serves_and_runs_what_can_be_run_and_says_why_not()
    {
        await using var served = await ServedBook.StartAsync(book.Tiny.Root);
        using var client = served.NewClient();
        foreach (var name in new[] { OddName, "06-repeated-ids", "01-python", "04-nan" })
        {
            using var answer = await client.GetAsync($"/{Uri.EscapeDataString(name)}.html");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var access = served.NewAccess();
        foreach (var (name, cell) in new[] { (OddName, "cell-2"), ("06-repeated-ids", "cell-3") })
        {
            await using var page = await SocketReader.OpenAsync(served, access, Uri.EscapeDataString(name));
            await page.RunAsync((cell, "Console.WriteLine(\"live\");"));
            await page.UntilAsync(reader => reader.Text(cell).Contains("live", StringComparison.Ordinal));
        }

        foreach (var (name, why) in new[] { ("01-python", "python"), ("04-nan", "bad JSON") })
        {
            await using var page = await SocketReader.OpenAsync(served, access, name);
            await Assert.ThrowsAsync<EndOfStreamException>(() => page.UntilAsync(_ => false, 10));
            Assert.Equal(4422, (int)page.Socket.CloseStatus!);
            Assert.Contains(why, page.Socket.CloseStatusDescription, StringComparison.Ordinal);
        }
    }

    private AngleSharp.Html.Dom.IHtmlDocument Page(string name) =>
        new HtmlParser().ParseDocument(File.ReadAllText(Path.Combine(book.Tiny.Site, name + ".html")));

    /// <summary>The book, run and written once.</summary>
    public sealed class Book : IAsyncLifetime
    {
        internal TinyBook Tiny { get; } = new();

        internal BookResult Run { get; private set; } = null!;

        internal BookResult Site { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Tiny.Chapter("00-good", "Console.WriteLine(\"good\");").Chapter(OddName, "Console.WriteLine(\"odd\");");
            Tiny.File("01-python.ipynb", Notebook("""{"kernelspec":{"name":"python3","language":"python"}}""", Code("a", "print('hello')")));
            Tiny.File("04-nan.ipynb", Notebook("""{"loss": NaN}""", Code("a", "1")));
            Tiny.File("06-repeated-ids.ipynb", Notebook("{}", Code("a", "var x = 1;"), Code("", "x + 1"), Code("a", "x + 2")));
            Tiny.File("07-attachments.ipynb", Notebook("{}", Attached("# Title ![dot](attachment:p.png)\\n\\n## Pictures ![dot](attachment:p.png)\\n\\n![dot](attachment:p.png)"),
                Attached("# A second title"), Code("b", "1")));
            Tiny.File("09-half.ipynb", Notebook("{}", Code("a", "Console.WriteLine(\\\"\\ud83d\\\");")));
            Tiny.File("10-web-page.ipynb", "<!doctype html><title>Sign in</title>");
            Tiny.File("index.ipynb", Notebook("{}", Attached("# A notebook called index"), Code("a", "1")));
            var (loop, nowhere) = (Path.Combine(Tiny.Notebooks, "02-loop.ipynb"), Path.Combine(Tiny.Notebooks, "03-nowhere.ipynb"));
            File.CreateSymbolicLink(loop, loop);
            File.CreateSymbolicLink(nowhere, "/no/such/file");
            await File.WriteAllBytesAsync(Path.Combine(Tiny.Notebooks, "05-latin.ipynb"), [.. "{\"a\": \"caf"u8, 0xe9, .. "\"}"u8]);
            Run = await BookProcess.RunAsync(Tiny.Root, "run");
            Site = await BookProcess.RunAsync(Tiny.Root, "site");
        }

        public Task DisposeAsync()
        {
            Tiny.Dispose();
            return Task.CompletedTask;
        }

        private static string Notebook(string metadata, params string[] cells) =>
            $$"""{"nbformat":4,"nbformat_minor":5,"metadata":{{metadata}},"cells":[{{string.Join(',', cells)}}]}""";

        private static string Code(string id, string source) => $$"""{"cell_type":"code","id":"{{id}}","metadata":{},"source":"{{source}}","outputs":[],"execution_count":null}""";

        private static string Attached(string source) =>
            $$"""{"cell_type":"markdown","metadata":{},"source":"{{source}}","attachments":{"p.png":{"image/png":"{{Dot}}"} } }""";
    }
}
