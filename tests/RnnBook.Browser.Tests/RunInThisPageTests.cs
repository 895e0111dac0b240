using Microsoft.Playwright;
using RnnBook.Notebook;

namespace RnnBook.Browser.Tests;

/// <summary>A reader of the static site runs, changes, breaks and stops cells in the page.</summary>
[Collection(PublishedSiteTests.Name)]
public sealed class RunInThisPageTests(PublishedSite site, Book.Tests.Browser browser) : IClassFixture<Book.Tests.Browser>
{
    /// <summary>The engine starts in seconds on a machine that does nothing else.</summary>
    private const float Patience = 240_000;

    [SkippableFact]
    public async Task Cells_run_change_fail_and_keep_their_state()
    {
        await using var context = await browser.NewContextAsync();
        var (page, complaints) = await OpenAsync(context);
        Assert.Matches("about [0-9]+ MB", await page.Locator(".here-bar").InnerTextAsync());

        // A button in the middle runs what stands above it, too.
        await Cell(page, "first-edit").Locator(".run-here").ClickAsync();
        await StateAsync(page, "first-edit", "ok");
        await StateAsync(page, "setup", "ok");
        Assert.Contains("after 500 multiplications", await Outputs(page, "first-edit").InnerTextAsync(), StringComparison.Ordinal);
        await Outputs(page, "slider").Locator("figure.plot.drawn").WaitForAsync(new() { Timeout = Patience });

        await TypeAsync(page, "first-edit", "var answer = 6;\nanswer * 7");
        await RunAsync(page, "first-edit", "ok");
        Assert.Equal("42", (await Outputs(page, "first-edit").InnerTextAsync()).Trim());

        // What the reader takes away has the edit, and what the cells have shown.
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(".live-bar .download"));
        var taken = NotebookDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync()));
        Assert.Equal("00-start-here.ipynb", download.SuggestedFilename);
        var edited = taken.Cells.Single(cell => cell.Id == "first-edit");
        Assert.Equal("var answer = 6;\nanswer * 7", edited.Source);
        Assert.Equal("42", CellOutput.Text(Assert.Single(edited.Outputs)));
        Assert.NotEmpty(taken.Cells.Single(cell => cell.Id == "slider").Outputs);

        await TypeAsync(page, "first-edit", "ans");
        await page.Keyboard.PressAsync("Control+Space");
        await page.Locator(".cm-tooltip-autocomplete li").GetByText("answer").WaitForAsync(new() { Timeout = Patience });
        await page.Keyboard.PressAsync("Escape");

        await TypeAsync(page, "first-edit", "Console.WriteLine(answer);\nint[] none = [];\nConsole.WriteLine(none[2]);");
        await RunAsync(page, "first-edit", "failed");
        Assert.Contains("IndexOutOfRangeException", await Outputs(page, "first-edit").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("Console.WriteLine(none[2]);", await Cell(page, "first-edit").Locator(".error-line").InnerTextAsync());

        // Of all, the one that failed is named, also once the engine has come to rest.
        await Cell(page, "first-edit").EvaluateAsync("cell => delete cell.dataset.state");
        await page.ClickAsync(".live-bar .runAll");
        await StateAsync(page, "first-edit", "failed");
        await page.Locator(".live-bar[data-engine='idle'] .live-notice", new() { HasText = "the cells after it did not run" }).WaitForAsync();

        await TypeAsync(page, "first-edit", "#r \"nuget: Humanizer\"\n1");
        await RunAsync(page, "first-edit", "failed");
        Assert.Contains("book serve", await Outputs(page, "first-edit").InnerTextAsync(), StringComparison.Ordinal);

        // The edit outlives the page.
        await page.ReloadAsync();
        await page.Locator(".here-bar .run-here").ClickAsync();
        await Cell(page, "first-edit").Locator(".cm-content").GetByText("Humanizer").WaitForAsync(new() { Timeout = Patience });
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task An_endless_cell_a_crash_and_a_flood_leave_the_page_usable()
    {
        await using var context = await browser.NewContextAsync();
        var (page, complaints) = await OpenAsync(context);
        await Cell(page, "setup").Locator(".run-here").ClickAsync();
        await StateAsync(page, "setup", "ok");

        await TypeAsync(page, "first-edit", "Console.WriteLine(\"begins\");\nwhile (true) { }");
        await Cell(page, "first-edit").Locator(".run").ClickAsync();
        await Outputs(page, "first-edit").GetByText("begins").WaitForAsync(new() { Timeout = Patience });
        await page.Locator(".live-bar .stop").ClickAsync();
        await StateAsync(page, "first-edit", "failed");
        await page.Locator(".live-notice button").ClickAsync();
        await StateAsync(page, "setup", "ok");

        await TypeAsync(page, "first-edit", "for (var i = 0; i < 100_000; i++) { Console.WriteLine(new string('x', 99)); }\nConsole.WriteLine(\"the end\");");
        await RunAsync(page, "first-edit", "ok");
        await Cell(page, "first-edit").GetByText("Show all as text").WaitForAsync(new() { Timeout = Patience });
        Assert.InRange(await Outputs(page, "first-edit").EvaluateAsync<int>("outputs => outputs.textContent.length"), 100_000, 1_000_000);

        await TypeAsync(page, "first-edit", "int Deeper(int n) => Deeper(n + 1) + 1;\nDeeper(0)");
        await RunAsync(page, "first-edit", "failed");
        await TypeAsync(page, "first-edit", "1 + 1");
        await RunAsync(page, "first-edit", "ok");
        Assert.Equal("2", (await Outputs(page, "first-edit").InnerTextAsync()).Trim());
        Assert.DoesNotContain(complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    /// <summary>All that travels until a first cell has its result, and on a second visit.</summary>
    [SkippableFact]
    public async Task The_engine_is_7_megabytes_and_comes_once()
    {
        await using var context = await browser.NewContextAsync();
        // A context whose requests may be turned away has no cache.
        await context.UnrouteAllAsync();
        Assert.InRange(await VisitAsync(context), 1_000_000, 7_200_000);
        Assert.InRange(await VisitAsync(context), 0, 100_000);
    }

    [SkippableFact]
    public async Task The_front_page_is_light()
    {
        await using var context = await browser.NewContextAsync();
        await context.UnrouteAllAsync();
        var page = await context.NewPageAsync();
        var sizes = SizesOf(page);
        await page.GotoAsync(new Uri(site.Address, "index.html").ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.InRange(await SumAsync(sizes), 10_000, 150_000);
    }

    [SkippableFact]
    public async Task A_page_opened_as_a_file_says_what_it_needs()
    {
        site.Require();
        await using var open = await browser.OpenAsync(Path.Combine(PublishedSite.Folder.Site, "00-start-here.html"), 1280);
        Assert.Contains("book serve --static", await open.Page.Locator(".here-bar").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await open.Page.Locator(".run-here").CountAsync());
        Assert.Empty(open.Complaints);
    }

    private async Task<long> VisitAsync(IBrowserContext context)
    {
        List<Task<RequestSizesResult>> sizes = [];
        var (page, _) = await OpenAsync(context, page => sizes = SizesOf(page));
        await Cell(page, "setup").Locator(".run-here").ClickAsync();
        await StateAsync(page, "setup", "ok");
        var sum = await SumAsync(sizes);
        await page.CloseAsync();
        return sum;
    }

    private static List<Task<RequestSizesResult>> SizesOf(IPage page)
    {
        var sizes = new List<Task<RequestSizesResult>>();
        page.RequestFinished += (_, request) => sizes.Add(request.SizesAsync());
        return sizes;
    }

    /// <summary>What has travelled so far, in bytes.</summary>
    private static async Task<long> SumAsync(List<Task<RequestSizesResult>> sizes) =>
        (await Task.WhenAll(sizes.ToArray())).Sum(size => (long)size.ResponseBodySize + size.ResponseHeadersSize);

    private async Task<(IPage Page, List<string> Complaints)> OpenAsync(IBrowserContext context, Action<IPage>? prepare = null)
    {
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        prepare?.Invoke(page);
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        var address = site.Address;
        page.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.Ordinal) && !request.Url.StartsWith(address.ToString(), StringComparison.Ordinal))
            {
                complaints.Add($"asked for {request.Url}");
            }
        };
        await page.GotoAsync(new Uri(address, "00-start-here.html").ToString());
        return (page, complaints);
    }

    private static ILocator Cell(IPage page, string id) => page.Locator($"[data-cell='{id}']");

    private static ILocator Outputs(IPage page, string id) => Cell(page, id).Locator(".outputs");

    private static Task StateAsync(IPage page, string id, string state) =>
        page.Locator($"[data-cell='{id}'][data-state='{state}']").WaitForAsync(new() { Timeout = Patience });

    private static async Task RunAsync(IPage page, string id, string state)
    {
        // What the last run left must not be taken for this one's.
        await Cell(page, id).EvaluateAsync("cell => delete cell.dataset.state");
        await Cell(page, id).Locator(".controls .run").ClickAsync();
        await StateAsync(page, id, state);
    }

    private static async Task TypeAsync(IPage page, string id, string text)
    {
        await Cell(page, id).Locator("pre.code, .cm-content").First.ClickAsync();
        await Cell(page, id).Locator(".cm-editor.cm-focused").WaitForAsync(new() { Timeout = Patience });
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.InsertTextAsync(text);
    }
}
