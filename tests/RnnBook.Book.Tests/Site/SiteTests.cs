using AngleSharp.Html.Parser;
using Microsoft.Playwright;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>The pages of the whole book, opened in Chromium with the network off.</summary>
public sealed class SiteTests(WholeBook book, Browser browser) : IClassFixture<WholeBook>, IClassFixture<Browser>
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    private static string Site => WholeBook.Folder.Site;

    public static TheoryData<string> Pages => PagesOr("00", "09", "index", "ledger");

    internal static TheoryData<string> PagesOr(params string[] few) =>
        [.. Thorough.OrOnly([.. WholeBook.Chapters.Select(chapter => chapter.Name), "index", "ledger", "glossary", "errata"], few)];

    /// <summary>One visit by a reader who scrolls through all of it, and then jumps from cell to cell.</summary>
    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_draws_its_figures_and_sets_its_formulas_without_moving_complaint_or_network(string page)
    {
        await using var open = await OpenAsync(page, 1280);

        // Cumulative layout shift, as browsers count it, from the page's first moment; above 0.1 readers are said to lose their place.
        Assert.InRange(await open.Page.EvaluateAsync<double>(MovedOnTheWay), 0, 0.05);
        await AllFiguresAreDrawnAsync(open.Page, FiguresIn(page));
        Assert.Equal(await open.Page.Locator(".math").CountAsync(), await open.Page.Locator(".math > .katex, .math > .katex-display").CountAsync());
        Assert.Equal([], await open.Page.Locator(".katex-error").AllInnerTextsAsync());
        Assert.Empty(open.Complaints);
    }

    [SkippableFact]
    public async Task The_figure_of_the_front_page_follows_its_slider()
    {
        await using var open = await OpenAsync("index", 390);
        var says = open.Page.Locator("#powers-says");
        Assert.Matches("has the length [1-9].[0-9] · 10⁻³", await says.InnerTextAsync());
        await open.Page.GetByLabel("spectral radius of W").FillAsync("1.2");
        Assert.Matches("has the length [1-9].[0-9] · 10⁴|has the length [1-9].[0-9] · 10³", await says.InnerTextAsync());
        await open.Page.GetByLabel("spectral radius of W").FillAsync("1");
        Assert.Matches("has the length [0-9.]+\\.$", await says.InnerTextAsync());
        Assert.Empty(open.Complaints);
    }

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task A_phone_shows_the_page_without_scrolling_sideways(string page)
    {
        await using var open = await OpenAsync(page, 390);
        await open.Page.LayOutAllAsync();
        Assert.InRange(await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 390);
    }

    [SkippableFact]
    public async Task The_theme_follows_the_system_until_the_reader_chooses_and_figures_follow_the_theme()
    {
        var chapter = WholeBook.Chapters[^1].Name;
        await using var open = await OpenAsync(chapter, 1280, ColorScheme.Dark);
        await open.Page.Locator("figure.plot").First.ScrollIntoViewIfNeededAsync();
        await open.Page.Locator("figure.plot.drawn").First.WaitForAsync();
        var dark = await Colors(open.Page);
        await open.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Theme") }).ClickAsync();
        await Assertions.Expect(open.Page.Locator(".js-plotly-plot text").First).Not.ToHaveCSSAsync("fill", dark.Figure!);
        var light = await Colors(open.Page);
        Assert.Equal("rgb(21, 23, 28)", dark.Page);
        Assert.Equal("rgb(253, 252, 249)", light.Page);
        Assert.NotEqual(dark.Figure, light.Figure);
        await open.Page.ReloadAsync();
        Assert.Equal("light", await open.Page.Locator("html").GetAttributeAsync("data-theme"));
    }

    [SkippableFact]
    public async Task The_first_tab_stop_skips_to_the_text_and_code_can_be_reached_by_keyboard()
    {
        await using var open = await OpenAsync(WholeBook.Chapters[0].Name, 1280);
        await open.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the text", await open.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await open.Page.Keyboard.PressAsync("Enter");
        Assert.EndsWith("#content", open.Page.Url, StringComparison.Ordinal);
        Assert.NotEqual(0, await open.Page.Locator("pre.code[tabindex='0']").CountAsync());
    }

    [SkippableFact]
    public async Task Without_scripts_figures_are_pictures_or_words_and_formulas_are_tex()
    {
        Skip.If(await CountAsync("figure.plot") == 0, "no chapter has a figure");
        await using var open = await browser.OpenAsync(Path.Combine(Site, await FirstPageAsync("figure.plot:not(.pictured)")), 1280, scripts: false);
        await FiguresArePicturesOrWordsAsync(open.Page);
        Assert.Empty(open.Complaints);
    }

    [SkippableTheory]
    [InlineData(Media.Print)]
    [InlineData(Media.Screen)]
    public async Task Where_plotly_cannot_be_loaded_pictures_stay_on_screen_and_paper(Media media)
    {
        await using var open = await OpenAsync("06-powers-of-w", 1280);
        await open.Page.EmulateMediaAsync(new() { Media = media });
        await open.Page.RouteAsync("**/plotly*.js", route => route.AbortAsync());
        await open.Page.ReloadAsync();
        await open.Page.EvaluateAsync("rnnbookFigures.drawAll()");
        await FiguresArePicturesOrWordsAsync(open.Page);
    }

    /// <summary>What is below a figure stays where it is when plotly.js replaces the picture.</summary>
    [SkippableFact]
    public async Task A_picture_gives_its_place_to_the_figure_without_moving_anything()
    {
        await using var open = await OpenAsync("09-start-from-the-identity", 1280);
        var before = await open.Page.EvaluateAsync<double[]>(Heights);
        Assert.NotEmpty(before);
        await open.Page.EvaluateAsync("rnnbookFigures.drawAll()");
        Assert.Equal(before, await open.Page.EvaluateAsync<double[]>(Heights));
        Assert.Equal(0, await open.Page.Locator(".picture").CountAsync());
    }

    [SkippableFact]
    public async Task The_ledger_filters_by_verdict()
    {
        await using var open = await OpenAsync("ledger", 1280);
        Assert.Equal(book.Ledger.Count, await open.Page.Locator(".claim:visible").CountAsync());
        var button = open.Page.Locator(".filters button").First;
        var outcome = await button.GetAttributeAsync("data-outcome");
        await button.ClickAsync();
        Assert.Equal(book.Ledger.Count(row => (string?)row!["verdict"] == outcome), await open.Page.Locator(".claim:visible").CountAsync());
    }

    /// <summary>The ledger in the terminal, in a notebook and on the site have the same colours, by day and by night.</summary>
    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_verdict_has_its_one_colour(ColorScheme scheme)
    {
        await using var open = await OpenAsync("ledger", 1280, scheme);
        foreach (var verdict in book.Ledger.Select(row => VerdictLook.Parse((string)row!["verdict"]!)).OfType<VerdictKind>().Distinct())
        {
            var (red, green, blue) = (verdict.Colour()[1..3], verdict.Colour()[3..5], verdict.Colour()[5..7]);
            var badge = open.Page.Locator(".badge", new() { HasText = verdict.Word() }).First;
            Assert.Equal(
                $"rgb({Convert.ToInt32(red, 16)}, {Convert.ToInt32(green, 16)}, {Convert.ToInt32(blue, 16)})",
                await badge.EvaluateAsync<string>("badge => getComputedStyle(badge).backgroundColor"));
        }
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        Assert.NotNull(book.Result);
        var pages = Directory.EnumerateFiles(Site, "*.html").ToDictionary(file => file, file => new HtmlParser().ParseDocument(File.ReadAllText(file)));
        var broken = from page in pages
                     from link in page.Value.QuerySelectorAll("a[href], link[href], script[src], img[src]")
                     let target = link.GetAttribute("href") ?? link.GetAttribute("src")!
                     where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("data:", StringComparison.Ordinal)
                     let parts = target.Split('#')
                     let file = parts[0].Length == 0 ? page.Key : Path.GetFullPath(Path.Combine(Site, Uri.UnescapeDataString(parts[0])))
                     where !Path.Exists(file) || (parts.Length > 1 && pages.GetValueOrDefault(file)?.GetElementById(parts[1]) is null)
                     select $"{Path.GetFileName(page.Key)}: {target}";
        Assert.Empty(broken);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Search_finds_sections_claims_and_terms_by_keyboard_with_the_library_and_without(bool withLibrary)
    {
        await using var open = await OpenAsync("index", 1280);
        if (!withLibrary)
        {
            await open.Page.RouteAsync("**/minisearch.js", route => route.AbortAsync());
        }

        await open.Page.Keyboard.PressAsync("/");
        await open.Page.Keyboard.TypeAsync("spectral radius");
        await open.Page.Locator("dialog li a", new() { HasText = "Glossary" }).First.WaitForAsync();
        Assert.NotEqual(0, await open.Page.Locator("dialog li a", new() { HasText = "Chapter 06" }).CountAsync());
        var first = await open.Page.Locator("dialog li a").First.GetAttributeAsync("href");
        await open.Page.Keyboard.PressAsync("Enter");
        await open.Page.Locator($"[id='{first!.Split('#')[1]}']").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.EndsWith(first, open.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public void Index_and_ledger_load_no_figures_and_the_index_is_small()
    {
        foreach (var name in new[] { "index", "ledger", "glossary", "errata" })
        {
            Assert.DoesNotContain("plotly", File.ReadAllText(Path.Combine(Site, name + ".html")), StringComparison.Ordinal);
        }

        var own = new[] { "index.html", "assets/book.css", "assets/book.js", "assets/guesses.js", "assets/powers.js", "assets/search.js", "assets/theme.js", "assets/icon.svg" };
        Assert.InRange(own.Sum(file => new FileInfo(Path.Combine(Site, file)).Length), 1, 150_000);
    }

    [Fact]
    public void No_page_has_scripts_or_handlers_of_its_own()
    {
        foreach (var file in Directory.EnumerateFiles(Site, "*.html"))
        {
            var page = new HtmlParser().ParseDocument(File.ReadAllText(file));
            Assert.Empty(page.QuerySelectorAll("script:not([src]):not([type='application/json'])").Select(script => script.OuterHtml));
            Assert.Empty(page.All.Where(element => element.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal))).Select(element => element.OuterHtml));
        }
    }

    /// <summary>Goes through the page by half windows, then to each part that can be jumped to.</summary>
    private const string MovedOnTheWay = """
        async () => {
          const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
          let moved = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((shift) => { moved += shift.value; })).observe({ type: "layout-shift", buffered: true });
          for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
            scrollTo(0, y);
            await pause(60);
          }
          for (const part of document.querySelectorAll(".cell, .claim")) {
            part.scrollIntoView();
            await pause(20);
          }
          await pause(500);
          return moved;
        }
        """;

    /// <summary>A slider, which is beside the figure, takes some of the room that it has left in it.</summary>
    private const string Heights = """
        [...document.querySelectorAll("figure.plot")].filter((plot) => !JSON.parse(plot.querySelector("script").textContent).layout.sliders).map((plot) => plot.offsetHeight)
        """;

    private static async Task FiguresArePicturesOrWordsAsync(IPage page)
    {
        await page.LayOutAllAsync();
        await page.EvaluateAsync("Promise.all([...document.querySelectorAll('.picture')].map((picture) => { picture.loading = 'eager'; return picture.decode(); }))");
        var plots = page.Locator("figure.plot");
        Assert.NotEqual(0, await page.Locator("figure.plot .picture").CountAsync());
        Assert.Equal(await plots.CountAsync(), await page.Locator("figure.plot .picture:visible").CountAsync() + await page.Locator("figure.plot .words:visible").CountAsync());
        Assert.Equal(0, await page.Locator("figure.plot.pictured .words:visible").CountAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('.picture')].filter((picture) => picture.naturalWidth !== 760 || picture.offsetHeight < 100).length"));
    }

    private static int FiguresIn(string page)
    {
        var file = Path.Combine(WholeBook.Folder.Executed, page + ".ipynb");
        return File.Exists(file)
            ? NotebookDocument.Load(file).Cells.Where(cell => cell.Kind == CellKind.Code).Sum(cell => cell.Outputs.Count(output => CellOutput.Json(output, Plotly) is not null))
            : 0;
    }

    private static async Task AllFiguresAreDrawnAsync(IPage page, int expected)
    {
        for (var i = 0; i < expected; i++)
        {
            var plot = page.Locator("figure.plot").Nth(i);
            await plot.ScrollIntoViewIfNeededAsync();
            await page.Locator($"#{await plot.GetAttributeAsync("id")}.drawn").WaitForAsync();
        }

        Assert.Equal(expected, await page.EvaluateAsync<int>(
            "[...document.querySelectorAll('figure.plot.drawn .js-plotly-plot')].filter(plot => plot.querySelector('.main-svg').getBoundingClientRect().height > 100).length"));
        Assert.Equal(expected, await page.EvaluateAsync<int>(
            "[...document.querySelectorAll('figure.plot')].filter(plot => document.getElementById(plot.getAttribute('aria-labelledby')).textContent.length > 10).length"));
        Assert.Equal(0, await page.Locator(".words:visible").CountAsync());
    }

    private Task<OpenPage> OpenAsync(string page, int width, ColorScheme scheme = ColorScheme.Light) =>
        browser.OpenAsync(Path.Combine(Site, page + ".html"), width, scheme);

    private static async Task<(string Page, string? Figure)> Colors(IPage page) => (
        await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"),
        await page.EvaluateAsync<string?>("document.querySelector('.js-plotly-plot text') && getComputedStyle(document.querySelector('.js-plotly-plot text')).fill"));

    private static async Task<int> CountAsync(string selector) => (await MatchesAsync(selector)).Count;

    private static async Task<string> FirstPageAsync(string selector) => (await MatchesAsync(selector))[0];

    private static async Task<List<string>> MatchesAsync(string selector)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Site, "*.html"))
        {
            if (new HtmlParser().ParseDocument(await File.ReadAllTextAsync(file)).QuerySelector(selector) is not null)
            {
                found.Add(Path.GetFileName(file));
            }
        }

        return found;
    }
}
