using System.Text.Json.Nodes;
using Microsoft.Playwright;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>A small book in Chromium: what a reader does with cells. Each test has a chapter of its own.</summary>
public sealed class LivePageTests(LivePageTests.Pages pages, Browser browser) : IClassFixture<LivePageTests.Pages>, IClassFixture<Browser>
{
    private static string Screenshots => Directory.CreateDirectory(Path.Combine(WholeBook.Folder.Root, "artifacts", "screenshots")).FullName;

    [SkippableFact]
    public async Task A_cell_is_edited_run_and_streams_what_it_says()
    {
        var page = await OpenAsync("00-stream");
        Assert.Equal("var x = 20;", await page.TextAsync("cell-2"));

        var end = NewEnd();
        await page.TypeAsync("cell-2", $"var x = 41;\nConsole.WriteLine(\"step 0\"); {WaitFor(end)} Console.WriteLine(\"step 1\\nstep 2\");");
        await page.RunAsync("cell-2");
        await page.SaysAsync("cell-2", "step 0");
        await page.StateAsync("cell-2", "running");
        Assert.DoesNotContain("step 2", await page.OutputAsync("cell-2"), StringComparison.Ordinal);
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, "live-running.png") });
        await File.WriteAllTextAsync(end, "");
        await page.StateAsync("cell-2", "ok");
        File.Delete(end);
        Assert.Equal("step 0\nstep 1\nstep 2\n", await page.OutputAsync("cell-2"));
        await page.RunAsync("cell-3");
        await page.SaysAsync("cell-3", "42");
        Assert.Empty(page.Complaints);
    }

    [SkippableFact]
    public async Task Stop_ends_an_endless_loop_and_keeps_the_variables()
    {
        var page = await OpenAsync("01-stop");
        await page.RunAsync("cell-2");
        await page.StateAsync("cell-2", "ok");
        await page.RunAsync("cell-3");
        await page.SaysAsync("cell-3", "going");
        await page.Page.ClickAsync(".live-bar .stop");
        await page.StateAsync("cell-3", "failed");
        Assert.Contains("The cell was stopped.", await page.OutputAsync("cell-3"), StringComparison.Ordinal);
        await page.RunAsync("cell-4");
        await page.SaysAsync("cell-4", "kept 7");
        Assert.Empty(page.Complaints);
    }

    [SkippableFact]
    public async Task A_cell_that_kills_its_process_leaves_a_notice_restart_works_and_other_chapters_are_untouched()
    {
        await using var context = await browser.NewContextAsync();
        var page = await LivePage.OpenAsync(context, pages.Served, "02-crash");
        var other = await LivePage.OpenAsync(context, pages.Served, "01-stop");
        await other.RunAsync("cell-2");
        await other.StateAsync("cell-2", "ok");
        await page.RunAsync("cell-2");
        await page.StateAsync("cell-2", "ok");
        await page.RunAsync("cell-3");
        await page.StateAsync("cell-3", "failed");
        await page.Page.Locator(".live-notice", new() { HasText = "ended by signal 9. This chapter's variables are gone" }).WaitForAsync();
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, "live-crashed.png") });
        await page.RunAsync("cell-4");
        await page.StateAsync("cell-4", "failed");
        Assert.Contains("restart it", await page.OutputAsync("cell-4"), StringComparison.Ordinal);

        await page.Page.ClickAsync(".live-bar .restart");
        await page.Page.Locator("[data-engine='idle']").WaitForAsync();
        Assert.False(await page.Page.Locator(".live-notice").IsVisibleAsync());
        await page.RunAsync("cell-2");
        await page.StateAsync("cell-2", "ok");
        await page.RunAsync("cell-4");
        await page.SaysAsync("cell-4", "alive 3");
        await other.RunAsync("cell-4");
        await other.SaysAsync("cell-4", "kept 7");
        Assert.Empty(page.Complaints.Concat(other.Complaints));
    }

    [SkippableFact]
    public async Task An_engine_that_dies_between_two_cells_says_so_at_once_and_why()
    {
        var page = await OpenAsync("10-death");
        await page.RunAsync("cell-2");
        await page.StateAsync("cell-2", "ok");
        await page.Page.Locator(".live-notice", new() { HasText = "from a thread" }).WaitForAsync();
        Assert.Equal("gone", await page.Page.Locator(".live-bar").GetAttributeAsync("data-engine"));
        await page.RunAsync("cell-3");
        await page.StateAsync("cell-3", "failed");
        Assert.Equal("gone", await page.Page.Locator(".live-bar").GetAttributeAsync("data-engine"));
    }

    [SkippableFact]
    public async Task What_a_thread_says_late_stands_below_the_cell_that_started_it()
    {
        var page = await OpenAsync("11-late");
        await page.RunAsync("cell-2");
        await page.StateAsync("cell-2", "ok");
        await page.RunAsync("cell-3");
        await page.StateAsync("cell-3", "ok");
        await page.SaysAsync("cell-2", "late");
        Assert.DoesNotContain("late", await page.OutputAsync("cell-3"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_all_names_the_cell_that_failed_and_leads_to_it()
    {
        var page = await OpenAsync("12-far");
        Assert.True(await page.Page.Locator("header.title .notice").IsVisibleAsync());
        await page.Page.ClickAsync(".live-bar .runAll");
        await page.StateAsync("cell-22", "failed");
        await page.Page.Locator(".live-notice", new() { HasText = "Cell 22 failed" }).WaitForAsync();
        Assert.Equal("cell-22", await page.Page.EvaluateAsync<string>("document.activeElement.dataset.cell"));
        await Assertions.Expect(page.Cell("cell-22")).ToBeInViewportAsync();
        await page.Page.EvaluateAsync("scrollTo(0, 0)");
        await page.Page.ClickAsync(".live-notice button");
        Assert.Equal("cell-22", await page.Page.EvaluateAsync<string>("document.activeElement.dataset.cell"));
    }

    [SkippableFact]
    public async Task A_chapter_that_has_run_is_not_said_to_have_not_run()
    {
        var page = await OpenAsync("00-stream");
        await page.Page.ClickAsync(".live-bar .runAll");
        await page.StateAsync("cell-3", "ok");
        await page.Page.Locator("header.title .notice").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    [SkippableFact]
    public async Task When_the_server_is_gone_every_control_says_so()
    {
        using var book = new TinyBook().Chapter("00-cells", "1", "2");
        var served = await ServedBook.StartAsync(book.Root);
        var page = await LivePage.OpenAsync(await browser.NewContextAsync(), served, "00-cells");
        await page.RunAsync("cell-2");
        await page.StateAsync("cell-2", "ok");
        await served.DisposeAsync();
        await page.Page.Locator(".live-notice", new() { HasText = "does not answer" }).WaitForAsync();
        Assert.Equal(0, await page.Page.Locator(".run:enabled, .live-bar :is(.runAll, .stop, .restart, .download):enabled").CountAsync());
    }

    [SkippableFact]
    public async Task A_page_without_the_token_can_be_read_and_says_what_is_missing()
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(pages.Served.Root, "00-stream.html").ToString());
        await page.Locator(".live-notice", new() { HasText = "open the whole address" }).WaitForAsync();
        Assert.Equal(0, await page.Locator(".run:enabled").CountAsync());
        Assert.True(await page.Locator("h1").IsVisibleAsync());
    }

    [SkippableFact]
    public async Task Edits_results_and_a_running_cell_are_there_after_a_reload_and_reset_brings_the_book_back()
    {
        var page = await OpenAsync("03-reload");
        var end = NewEnd();
        await page.TypeAsync("cell-2", $$"""for (var i = 0; i < 25; i++) { Console.Write($"{i} "); await Task.Delay(20); } {{WaitFor(end)}}""");
        await page.RunAsync("cell-2");
        await page.SaysAsync("cell-2", "3 4");
        await page.ReloadAsync();
        Assert.StartsWith("for (var i", await page.TextAsync("cell-2"), StringComparison.Ordinal);
        await page.StateAsync("cell-2", "running");
        await File.WriteAllTextAsync(end, "");
        await page.StateAsync("cell-2", "ok");
        File.Delete(end);
        Assert.Equal(string.Concat(Enumerable.Range(0, 25).Select(i => $"{i} ")), await page.OutputAsync("cell-2"));

        await page.Cell("cell-2").Locator("button.reset").ClickAsync();
        Assert.Equal("var old = 1;", await page.TextAsync("cell-2"));
        await page.ReloadAsync();
        Assert.Equal("var old = 1;", await page.TextAsync("cell-2"));
        Assert.False(await page.Cell("cell-2").Locator("button.reset").IsVisibleAsync());
    }

    [SkippableFact]
    public async Task An_edit_of_an_earlier_version_of_the_cell_is_kept_and_said_to_be_one()
    {
        var page = await OpenAsync("03-reload");
        await page.Page.EvaluateAsync("localStorage.setItem('rnnbook/edit/03-reload/cell-2', JSON.stringify({ code: 'mine', version: 'another' }))");
        await page.ReloadAsync();
        Assert.Equal("mine", await page.TextAsync("cell-2"));
        Assert.Contains("has changed since", await page.Cell("cell-2").Locator(".notice").InnerTextAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_error_points_at_its_line_and_a_missing_name_offers_to_run_what_comes_before()
    {
        var page = await OpenAsync("04-errors");
        await page.RunAsync("cell-3");
        await page.StateAsync("cell-3", "failed");
        Assert.Contains("'first'", await page.OutputAsync("cell-3"), StringComparison.Ordinal);
        await page.Cell("cell-3").Locator(".cm-line.error-line").WaitForAsync();
        await page.Cell("cell-3").GetByText("Run the cell before it, then this one").ClickAsync();
        await page.SaysAsync("cell-3", "sum 3");
        Assert.Equal(0, await page.Cell("cell-3").Locator(".cm-line.error-line").CountAsync());

        await page.RunAsync("cell-4");
        await page.StateAsync("cell-4", "failed");
        Assert.Contains("InvalidOperationException", await page.OutputAsync("cell-4"), StringComparison.Ordinal);
        Assert.Equal("throw new InvalidOperationException(\"no luck\");", await page.Cell("cell-4").Locator(".cm-line.error-line").TextContentAsync());
        await page.Cell("cell-4").GetByText("Go to line 3").ClickAsync();
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, "live-error.png"), FullPage = true });
        await page.Page.Keyboard.TypeAsync(" ");
        Assert.Equal(0, await page.Cell("cell-4").Locator(".cm-line.error-line").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [SkippableFact]
    public async Task Keys_run_cells_complete_names_and_leave_the_editor()
    {
        var page = await OpenAsync("05-keys");
        var keys = page.Page.Keyboard;
        await page.EditAsync("cell-2");
        await keys.PressAsync("Shift+Enter");
        await page.SaysAsync("cell-2", "one");
        await page.Cell("cell-3").Locator(".cm-editor.cm-focused").WaitForAsync();
        await keys.PressAsync("Control+Enter");
        await page.SaysAsync("cell-3", "two");
        Assert.Equal("cell-3", await FocusedCellAsync());

        // Nothing was typed: Tab leads on, through the page.
        await keys.PressAsync("Tab");
        Assert.Equal("Run cell 3", await page.Page.EvaluateAsync<string>("document.activeElement.ariaLabel"));

        await page.TypeAsync("cell-3", "Console.WriteL");
        await keys.PressAsync("Tab");
        await page.Page.Locator(".cm-tooltip-autocomplete li", new() { HasText = "WriteLine" }).WaitForAsync();
        await Task.Delay(100); // CodeMirror takes no key for a list that has just come up
        await keys.PressAsync("Tab");
        Assert.Equal("Console.WriteLine", await page.TextAsync("cell-3"));
        await page.TypeAsync("cell-3", "Console.WriteLine(\"by button\")");
        await keys.PressAsync("Escape"); // closes a list of completions, if one is open
        await keys.PressAsync("Escape");
        Assert.Equal("Run cell 3", await page.Page.EvaluateAsync<string>("document.activeElement.ariaLabel"));
        await keys.PressAsync("Enter");
        await page.SaysAsync("cell-3", "by button");
        Assert.Empty(await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('button')].filter(b => !b.textContent.trim() || b.tabIndex < 0).map(b => b.outerHTML)"));

        await page.PointAtAsync("cell-4", "three");
        await page.Page.Locator(".cm-tooltip .hover", new() { HasText = "int three" }).WaitForAsync();
        Assert.Empty(page.Complaints);

        Task<string> FocusedCellAsync() => page.Page.EvaluateAsync<string>("document.activeElement.closest('.cm-editor') && document.activeElement.closest('.code-cell').dataset.cell");
    }

    [SkippableFact]
    public async Task The_chapter_runs_as_a_whole_and_stops_at_the_first_error_and_can_be_downloaded_with_edits_and_results()
    {
        var page = await OpenAsync("06-whole");
        await page.TypeAsync("cell-3", "Console.WriteLine(b * 2);");
        await page.Page.ClickAsync(".live-bar .runAll");
        await page.StateAsync("cell-4", "failed");
        await page.SaysAsync("cell-3", "4");
        await page.StateAsync("cell-5", "idle");
        Assert.Equal("", await page.OutputAsync("cell-5"));
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.ClickAsync(".live-bar .download"));
        Assert.Equal("06-whole.ipynb", download.SuggestedFilename);
        var notebook = NotebookDocument.Load(await download.PathAsync());
        Assert.Equal("Console.WriteLine(b * 2);", notebook.Cells[2].Source);
        Assert.Equal("4\n", CellOutput.Text(notebook.Cells[2].Outputs.Single()));
        Assert.Equal("error", CellOutput.TypeOf(notebook.Cells[3].Outputs.Single()));
        Assert.Empty(notebook.Cells[4].Outputs);
        Assert.Equal("throw new Exception(\"stop\");", notebook.Cells[3].Source);
    }

    [SkippableFact]
    public async Task Long_text_is_cut_with_a_way_to_see_all_colours_show_and_a_line_can_be_written_anew()
    {
        var page = await OpenAsync("07-text");
        await page.RunAsync("cell-2");
        await page.StateAsync("cell-2", "ok");
        var hidden = page.Cell("cell-2").Locator(".hidden-rest");
        Assert.Matches(@"… [\d,]{7,} more characters", await hidden.InnerTextAsync());
        var whole = await page.Page.Context.RunAndWaitForPageAsync(() => hidden.Locator("button").ClickAsync());
        await whole.GetByText("line 199999").WaitForAsync();
        Assert.Equal(string.Concat(Enumerable.Range(0, 200_000).Select(i => $"line {i}\n")), await whole.EvaluateAsync<string>("document.body.textContent"));

        await page.RunAsync("cell-3");
        await page.StateAsync("cell-3", "ok");
        Assert.Equal("red", await page.Cell("cell-3").Locator(".ansi-red").InnerTextAsync());
        Assert.Contains("100 %", await page.OutputAsync("cell-3"), StringComparison.Ordinal);
        Assert.DoesNotContain("50 %", await page.OutputAsync("cell-3"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [SkippableFact]
    public async Task A_live_figure_changes_on_the_canvas_it_has()
    {
        var page = await OpenAsync("08-figure");
        await page.RunAsync("cell-2");
        await page.StateAsync("cell-2", "ok");
        await page.RunAsync("cell-3");
        var canvas = page.Cell("cell-3").Locator(".js-plotly-plot");
        await canvas.WaitForAsync();
        await canvas.EvaluateAsync("canvas => { canvas.sameCanvas = true; canvas.firstLength = canvas.data.at(-1).x.length; }");
        File.WriteAllText(Path.Combine(pages.Notebooks, "seen"), "");
        await page.StateAsync("cell-3", "ok");
        await page.UntilAsync("document.querySelector('[data-cell=cell-3] .js-plotly-plot')?.data.at(-1).x.at(-1) === 99");
        Assert.True(await canvas.EvaluateAsync<bool>("canvas => canvas.sameCanvas && canvas.data.at(-1).x.length > canvas.firstLength"));
        Assert.Equal(1, await page.Cell("cell-3").Locator("figure.plot").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [SkippableFact]
    public async Task A_cell_that_reads_from_the_console_asks_and_goes_on_with_the_answer()
    {
        var page = await OpenAsync("13-asks");
        await page.RunAsync("cell-2");
        var box = page.Page.GetByLabel("Cell 2 asks:");
        await Assertions.Expect(box).ToBeFocusedAsync();
        await Assertions.Expect(page.Page.Locator(".live-bar [role='status']")).ToHaveTextAsync("cell 2 waits for your answer");
        Assert.Contains("Your name?", await page.OutputAsync("cell-2"), StringComparison.Ordinal);
        await page.Page.Keyboard.TypeAsync("Ada");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.SaysAsync("cell-2", "And your age, Ada?");
        await Assertions.Expect(box).ToBeFocusedAsync();
        Assert.Equal("", await box.InputValueAsync());
        await page.Page.Keyboard.TypeAsync("36");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.StateAsync("cell-2", "ok");
        Assert.Equal("Your name? Ada\nAnd your age, Ada? 36\nNext year 37\n", await page.OutputAsync("cell-2"));
        Assert.Equal(0, await box.CountAsync());
        Assert.Equal("cell-2", await page.Page.EvaluateAsync<string>("document.activeElement.dataset.cell"));
        Assert.Empty(page.Complaints);
    }

    [SkippableTheory]
    [InlineData("Escape")]
    [InlineData("Stop the cell")]
    [InlineData("■ Stop")]
    public async Task A_question_is_ended_by_Esc_and_by_both_stops_and_the_variables_stay(string way)
    {
        var page = await OpenAsync("14-stopped");
        await page.RunAsync("cell-2");
        await page.StateAsync("cell-2", "ok");
        await page.RunAsync("cell-3");
        await Assertions.Expect(page.Page.GetByLabel("Cell 3 asks:")).ToBeFocusedAsync();
        await (way == "Escape" ? page.Page.Keyboard.PressAsync(way) : page.Page.GetByRole(AriaRole.Button, new() { Name = way, Exact = true }).ClickAsync());
        await page.StateAsync("cell-3", "failed");
        Assert.Contains("The cell was stopped.", await page.OutputAsync("cell-3"), StringComparison.Ordinal);
        Assert.Equal(0, await page.Page.GetByLabel("Cell 3 asks:").CountAsync());
        await page.RunAsync("cell-4");
        await page.SaysAsync("cell-4", "kept 7");
    }

    [SkippableFact]
    public async Task Two_tabs_on_a_chapter_show_the_same()
    {
        await using var context = await browser.NewContextAsync();
        var first = await LivePage.OpenAsync(context, pages.Served, "00-stream");
        var second = await LivePage.OpenAsync(context, pages.Served, "00-stream");
        await first.TypeAsync("cell-2", "Console.WriteLine(\"to both\");");
        await first.RunAsync("cell-2");
        await second.SaysAsync("cell-2", "to both");
        await second.UntilAsync("document.querySelector('[data-cell=cell-2] .cm-content')?.textContent.includes('to both') ?? false");
    }

    [SkippableFact]
    public async Task Without_the_files_from_npm_cells_are_plain_text_fields_with_the_same_keys()
    {
        var context = await browser.NewContextAsync();
        await context.RouteAsync("**/live/modules/**", route => route.AbortAsync());
        var page = await LivePage.OpenAsync(context, pages.Served, "05-keys");
        await page.Cell("cell-2").Locator("pre.code").ClickAsync();
        await page.Cell("cell-2").Locator("textarea").FillAsync("Console.WriteLine(\"plain\");");
        await page.Page.Keyboard.PressAsync("Shift+Enter");
        await page.SaysAsync("cell-2", "plain");
        Assert.Equal("cell-3", await page.Page.EvaluateAsync<string>("document.activeElement.closest('.code-cell').dataset.cell"));
    }

    [SkippableFact]
    public async Task Scripts_in_outputs_do_not_run()
    {
        var page = await OpenAsync("09-html");
        await page.RunAsync("cell-2");
        await page.SaysAsync("cell-2", "shown");
        await Task.Delay(300);
        Assert.Equal("no", await page.Page.EvaluateAsync<string>("window.hacked ?? 'no'"));
        await page.Cell("cell-2").Locator(".outputs a").ClickAsync();
        Assert.Equal("no", await page.Page.EvaluateAsync<string>("window.hacked ?? 'no'"));
    }

    [SkippableTheory]
    [InlineData("http://evil.example/")]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("http://localhost:9/")]
    public async Task A_page_elsewhere_cannot_use_what_the_readers_browser_has(string address)
    {
        await using var context = await browser.NewContextAsync();
        await LivePage.OpenAsync(context, pages.Served, "00-stream");
        await context.RouteAsync(address, route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>another page</title>" }));
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        var answer = JsonNode.Parse(await page.EvaluateAsync<string>(Attack, new[] { pages.Served.Root.Authority, "00-stream" }))!;
        Assert.Equal("refused", (string?)answer["socket"]);
        Assert.Equal("refused", (string?)answer["read"]);
        Assert.Equal("refused", (string?)answer["post"]);
        Assert.Equal("refused", (string?)answer["script"]);
        Assert.Equal("refused", (string?)answer["frame"]);
    }

    /// <summary>What a page can try against another address: a session, reading, posting, loading as a script, framing.</summary>
    private const string Attack = """
        async ([host, chapter]) => {
          const outcome = (attempt) => attempt.then(() => "done", () => "refused");
          const socket = new Promise((resolve, reject) => {
            const it = new WebSocket(`ws://${host}/session/${chapter}`);
            it.onopen = resolve;
            it.onerror = reject;
          });
          const get = (options) => fetch(`http://${host}/00-stream.html`, { credentials: "include", ...options }).then((answer) => answer.text());
          const post = fetch(`http://${host}/download/${chapter}`, { method: "POST", credentials: "include", body: "{}" }).then((answer) => answer.text());
          const script = new Promise((resolve, reject) => {
            const it = document.createElement("script");
            it.src = `http://${host}/live/main.js`;
            it.onload = resolve;
            it.onerror = reject;
            document.body.append(it);
          });
          const frame = new Promise((resolve, reject) => {
            const it = document.createElement("iframe");
            it.src = `http://${host}/00-stream.html`;
            it.onload = () => { try { it.contentDocument.title ? resolve() : reject(); } catch { reject(); } };
            document.body.append(it);
            setTimeout(reject, 3000);
          });
          return JSON.stringify({ socket: await outcome(socket), read: await outcome(get()), post: await outcome(post), script: await outcome(script), frame: await outcome(frame) });
        }
        """;

    /// <summary>A file that is not there yet; a cell that waits for it runs until the test lets it end, however slow the machine is.</summary>
    private static string NewEnd() => Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.end");

    private static string WaitFor(string end) => $"while (!System.IO.File.Exists(\"{end}\")) await Task.Delay(20);";

    private async Task<LivePage> OpenAsync(string chapter) => await LivePage.OpenAsync(await browser.NewContextAsync(), pages.Served, chapter);

    /// <summary>The book of these tests.</summary>
    public sealed class Pages : IAsyncLifetime
    {
        private readonly TinyBook book = new TinyBook()
            .Chapter("00-stream", "var x = 20;", "Console.WriteLine(x + 1);")
            .Chapter("01-stop", "var kept = 7;", "Console.WriteLine(\"going\");\nwhile (true) { }", "Console.WriteLine($\"kept {kept}\");")
            .Chapter("02-crash", "var three = 3;", "System.Diagnostics.Process.GetCurrentProcess().Kill();", "Console.WriteLine($\"alive {three}\");")
            .Chapter("03-reload", "var old = 1;")
            .Chapter("04-errors", "var first = 1;", "Console.WriteLine($\"sum {first + 2}\");", "// a comment\nvar ok = 1;\nthrow new InvalidOperationException(\"no luck\");")
            .Chapter("05-keys", "Console.WriteLine(\"one\");", "Console.WriteLine(\"two\");", "var three = 3;")
            .Chapter("06-whole", "var b = 2;", "Console.WriteLine(b);", "throw new Exception(\"stop\");", "Console.WriteLine(\"never\");")
            .Chapter("07-text", "for (var i = 0; i < 200_000; i++) Console.WriteLine($\"line {i}\");",
                "Console.WriteLine(\"\\u001b[31mred\\u001b[0m\");\nConsole.Write(\"50 %\"); await Task.Delay(200); Console.Write(\"\\r100 %\\n\");")
            .Chapter("08-figure", TinyBook.Libraries, """
                var live = new LiveFigure(new Figure("Growing") { X = "n", Y = "n²", Alt = "A parabola that grows." });
                live.Show();
                for (var n = 0; n < 100; n++)
                {
                    live.Add("n²", n, n * n);
                    while (n == 50 && !System.IO.File.Exists("seen")) await Task.Delay(20);
                }
                live.Done();
                """)
            .Chapter("10-death", "new System.Threading.Thread(() => { System.Threading.Thread.Sleep(300); throw new Exception(\"from a thread\"); }).Start();", "1")
            .Chapter("11-late", "new System.Threading.Thread(() => { System.Threading.Thread.Sleep(1500); Console.WriteLine(\"late\"); }).Start();", "await Task.Delay(2000); Console.WriteLine(\"meanwhile\");")
            .Chapter("12-far", [.. Enumerable.Range(0, 20).Select(i => $"var v{i} = {i};\nvar w{i} = {i};"), "throw new Exception(\"far\");", "1"])
            .Chapter("13-asks", """
                Console.Write("Your name? ");
                var name = Console.ReadLine();
                Console.Write($"And your age, {name}? ");
                Console.WriteLine($"Next year {int.Parse(await Console.In.ReadLineAsync()) + 1}");
                """)
            .Chapter("14-stopped", "var kept = 7;", "kept = 8 * Console.ReadLine().Length;", "Console.WriteLine($\"kept {kept}\");")
            .Chapter("09-html", """
                HTML("<p>shown <a href='javascript:window.hacked=3'>link</a></p><script>window.hacked = 1</script><img src='/none' onerror='window.hacked = 2'><svg onload='window.hacked = 4'></svg>")
                """);

        internal ServedBook Served { get; private set; } = null!;

        internal string Notebooks => book.Notebooks;

        public async Task InitializeAsync() => Served = await ServedBook.StartAsync(book.Root, "--engines", "20");

        public async Task DisposeAsync()
        {
            await Served.DisposeAsync();
            book.Dispose();
        }
    }
}
