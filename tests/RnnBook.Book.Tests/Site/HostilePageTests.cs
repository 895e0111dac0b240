using AngleSharp.Html.Parser;
using Microsoft.Playwright;
using RnnBook.Cli;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>A notebook from somebody else, who means harm: what its prose and outputs hold must harm no page, static or live.</summary>
public sealed class HostilePageTests(HostilePageTests.Pages pages, Browser browser) : IClassFixture<HostilePageTests.Pages>, IClassFixture<Browser>
{
    /// <summary>What is tried, in prose and in outputs alike.</summary>
    private static readonly string[] Templates =
    [
        "<script>window.hacked = 'script'</script>",
        "<img src='none.png' onerror=\"window.hacked = 'onerror'\">",
        "<svg onload=\"window.hacked = 'svg'\"><script>window.hacked = 'svg script'</script><animate onbegin=\"window.hacked = 'begin'\"></animate></svg>",
        "<svg><foreignObject><iframe srcdoc=\"<script>parent.hacked = 'frame'</script>\"></iframe></foreignObject></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=window.hacked=1&gt;\"></table></mtext></math>",
        "<details open ontoggle=\"window.hacked = 'toggle'\"><summary>fold</summary></details>",
        "<a id='bait' href=\"javascript:window.hacked='link'\">bait</a> <a href=\"jav&#x09;ascript:window.hacked='tab'\">bait</a> <a href=\"data:text/html,<script>1</script>\">bait</a>",
        "<form action='{evil}/'><input name='x'><button>bait</button></form>",
        "<style>.cell, main { display: none !important }</style><link rel='stylesheet' href='{evil}/x.css'>",
        "<base href='{evil}/'><meta http-equiv='refresh' content='0; url={evil}/'>",
        "<iframe src='{evil}/'></iframe><object data='{evil}/'></object><embed src='{evil}/'>",
        "<img src='{evil}/pixel.png' alt='a pixel'><img src='//{evil host}/p.png'><img src='\\\\evil.example\\p.png'>",
        "<img srcset='{evil}/s.png 1x'><video poster='{evil}/v.png'></video><audio src='{evil}/a.wav' autoplay></audio><p background='{evil}/b.png'>p</p>",
        "<p style='background:url({evil}/c.png)'>c</p><p style=\"background-image:image-set('{evil}/i.png' 1x)\">i</p>",
        "<div class='bar live-bar skip' style='position:fixed;inset:0;z-index:99;background:red;margin:-900px;transform:scale(9)'>cover</div>",
        "<p id='content'>id</p><p id='chapters'>id</p><p id='cell-cell-2' name='rnnbook'>id</p><p id='katex'>id</p><p id='Plotly'>id</p>",
        "</div></section></main></article></body><p>end</p><title>evil</title><textarea>",
    ];

    private const string Own = "<p class=\"mine\">own <b>text</b></p>";

    [SkippableTheory]
    [InlineData("00-evil.html")]
    [InlineData("index.html")]
    [InlineData("01-good.html")]
    public async Task A_static_page_runs_nothing_loads_nothing_and_keeps_its_form(string name)
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var file = new Uri(Path.Combine(pages.Site, name)).AbsoluteUri;
        await page.GotoAsync(file);
        await page.Locator("html[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await HoldsAsync(page, file);
        Assert.Equal("", pages.Evil.Heard);
    }

    [SkippableFact]
    public async Task Without_the_sanitizer_the_policy_alone_would_stop_scripts_frames_and_requests()
    {
        await using var context = await browser.NewContextAsync();
        var file = Path.Combine(pages.Site, "raw.html");
        var good = await File.ReadAllTextAsync(Path.Combine(pages.Site, "01-good.html"));
        await File.WriteAllTextAsync(file, good.Replace("</article>", string.Concat(pages.Attacks.Where(attack => !attack.Contains("refresh", StringComparison.Ordinal))), StringComparison.Ordinal));
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        await Task.Delay(300);
        File.Delete(file);
        Assert.Equal("no", await page.EvaluateAsync<string>("window.hacked ?? 'no'"));
        Assert.Equal("true", await page.EvaluateAsync<string>("document.documentElement.dataset.ready"));
        Assert.Equal("", pages.Evil.Heard);
    }

    [SkippableFact]
    public async Task The_live_page_runs_nothing_loads_nothing_and_keeps_its_form()
    {
        await using var context = await browser.NewContextAsync();
        var page = await LivePage.OpenAsync(context, pages.Served, "00-evil");
        await page.Page.ClickAsync(".live-bar .runAll");
        await page.StateAsync($"cell-{pages.Attacks.Count + 1}", "ok");
        await HoldsAsync(page.Page, page.Page.Url);
        Assert.Equal("", pages.Evil.Heard);
    }

    [Fact]
    public void Every_id_of_a_page_is_its_own()
    {
        foreach (var file in Directory.EnumerateFiles(pages.Site, "*.html"))
        {
            var page = new HtmlParser().ParseDocument(File.ReadAllText(file));
            Assert.Empty(page.All.Where(element => element.Id is { Length: > 0 }).GroupBy(element => element.Id).Where(group => group.Count() > 1).Select(group => group.Key));
            Assert.Equal("MAIN", page.GetElementById("content")!.TagName);
            Assert.Empty(page.QuerySelectorAll("main [name]"));
        }
    }

    [Theory]
    [InlineData("<table><tr><th scope='col'>a</th></tr><tr><td style='text-align:right'>1</td></tr></table>", "text-align: right")]
    [InlineData("<div class='rnnbook-verdict' style='border:1px solid rgba(127,127,127,.4);padding:.1em'>v</div>", "class=\"rnnbook-verdict\"")]
    [InlineData("<svg viewBox='0 0 9 9'><defs><marker id='tip'></marker></defs><path d='M0 0' fill='currentColor' marker-end='url(#tip)'/></svg>", "marker-end=\"url(#out-x-0-tip)\"")]
    [InlineData("<img src='https://example.org/a.png' alt='a map'>", "<a href=\"https://example.org/a.png\" rel=\"noopener noreferrer\">a map</a>")]
    [InlineData("<details open><summary>s</summary>t</details>", "<details open=\"\"><summary>s</summary>t</details>")]
    [InlineData("<img src='data:image/png;base64,AAAA' alt='dot'>", "<img src=\"data:image/png;base64,AAAA\" alt=\"dot\">")]
    [InlineData("<audio controls autoplay src='data:audio/wav;base64,AAAA'></audio>", "<audio controls=\"\" src=\"data:audio/wav;base64,AAAA\"></audio>")]
    public void What_is_harmless_stays(string html, string expected) => Assert.Contains(expected, SafeHtml.OfOutput(html, "x-0"), StringComparison.Ordinal);

    private static async Task HoldsAsync(IPage page, string address)
    {
        foreach (var bait in await page.GetByText("bait", new() { Exact = true }).AllAsync())
        {
            await bait.DispatchEventAsync("click");
        }

        await Task.Delay(300);
        Assert.Equal("no", await page.EvaluateAsync<string>("window.hacked ?? 'no'"));
        Assert.Equal(address, page.Url.Split('#')[0]);
        Assert.Single(page.Frames);
        Assert.Equal(0, await page.Locator("main :is(script:not([type='application/json']), style, link, meta, base, iframe, object, embed, form)").CountAsync());
        Assert.True(await page.Locator("h1").First.IsVisibleAsync());
        Assert.Contains("RnnBook", await page.TitleAsync(), StringComparison.Ordinal);

        // Nothing of the notebook's lies outside its own box.
        var top = await page.EvaluateAsync<string>("document.elementFromPoint(5, 5).closest('.bar') ? 'bar' : document.elementFromPoint(5, 5).outerHTML.slice(0, 200)");
        Assert.Equal("bar", top);
        Assert.Equal(0, await page.Locator("main :is(.prose, .rich) :is(.bar, .live-bar, .skip)").CountAsync());
    }

    /// <summary>A book with a hostile chapter and a good one, run, written and served.</summary>
    public sealed class Pages : IAsyncLifetime
    {
        private readonly TinyBook book = new TinyBook().Chapter("01-good", "Console.WriteLine(\"good\");");

        internal string Site => book.Site;

        /// <summary>Where the notebook's author would like to be told of readers.</summary>
        internal RecordingServer Evil { get; } = new();

        internal IReadOnlyList<string> Attacks =>
            [.. Templates.Select(attack => attack.Replace("{evil}", $"http://127.0.0.1:{Evil.Port}", StringComparison.Ordinal).Replace("{evil host}", $"127.0.0.1:{Evil.Port}", StringComparison.Ordinal))];

        internal ServedBook Served { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            var notebook = new NotebookDocument();
            notebook.Cells.Add(new Cell(CellKind.Markdown, $"# Evil {Attacks[0]}\n\nLead {string.Join(' ', Attacks.SkipLast(1))}"));
            foreach (var (index, attack) in Attacks.Index())
            {
                var cell = new Cell(CellKind.Code, $"HTML({System.Text.Json.JsonSerializer.Serialize(Own + attack)})");
                cell.Json["id"] = $"cell-{index + 2}";
                notebook.Cells.Add(cell);
                notebook.Cells.Add(new Cell(CellKind.Markdown, $"## A heading {attack}\n\n{attack}\n\n- item {attack}\n\n| a {attack} | b |\n|---|--:|\n| 1 | 2 |"));
            }

            notebook.Save(Path.Combine(book.Notebooks, "00-evil.ipynb"));
            var run = await BookProcess.RunAsync(book.Root, "run");
            Assert.True(run.ExitCode == 0, run.ToString());
            Served = await ServedBook.StartAsync(book.Root);
        }

        public async Task DisposeAsync()
        {
            await Served.DisposeAsync();
            Evil.Dispose();
            book.Dispose();
        }
    }
}
