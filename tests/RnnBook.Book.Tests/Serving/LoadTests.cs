using System.Diagnostics;
using System.Net;
using Xunit.Abstractions;

namespace RnnBook.Book.Tests;

/// <summary>
/// Much output, quick updates, many tabs: nothing is lost, nothing changes places, memory stays bounded. Times are printed, not asserted. With
/// RNNBOOK_THOROUGH=1 twenty tabs take ten megabytes and ten thousand updates; without it everything is a fifth of that.
/// </summary>
public sealed class LoadTests(ITestOutputHelper output)
{
    private static readonly int Share = Thorough.IsAsked ? 1 : 5;
    private static readonly int Tabs = 20 / Share;
    private static readonly int Updates = 10_000 / Share;

    [Fact]
    public async Task Cells_that_print_megabytes_arrive_whole_in_every_tab()
    {
        const int Lines = 2000;
        var cells = 100 / Share;
        using var book = new TinyBook().Chapter("00-load", [.. Enumerable.Repeat("1", cells)]);
        await using var served = await ServedBook.StartAsync(book.Root);
        var access = served.NewAccess();
        var tabs = await Task.WhenAll(Enumerable.Range(0, Tabs).Select(_ => SocketReader.OpenAsync(served, access, "00-load")));
        var before = MemoryOf(served);
        var clock = Stopwatch.StartNew();
        await tabs[0].RunAsync([.. Enumerable.Range(0, cells).Select(cell => (
            $"cell-{cell + 2}", $"for (var i = 0; i < {Lines}; i++) Console.WriteLine($\"cell {cell} line {{i}} of a text that is as long as a line\");"))]);
        var last = $"cell-{cells + 1}";
        await Task.WhenAll(tabs.Select(tab => tab.UntilAsync(page => page.StateOf(last) is "ok" or "failed")));
        output.WriteLine(FormattableString.Invariant(
            $"{cells} cells, {tabs[0].Text("cell-2").Length * cells / 1e6:0.0} MB, {Tabs} tabs: {clock.Elapsed.TotalSeconds:0.0} s, {tabs.Average(tab => tab.Messages):0} messages a tab, server {before} MB → {MemoryOf(served)} MB"));
        for (var cell = 0; cell < cells; cell++)
        {
            var expected = string.Concat(Enumerable.Range(0, Lines).Select(i => $"cell {cell} line {i} of a text that is as long as a line\n"));
            Assert.All(tabs, tab => Assert.Equal(expected, tab.Text($"cell-{cell + 2}")));
        }

        Assert.InRange(MemoryOf(served), 0, 700);
        await Task.WhenAll(tabs.Select(tab => tab.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_thousand_updates_of_a_figure_a_second_end_in_the_last_state_in_every_tab()
    {
        using var book = new TinyBook().Chapter("00-load", TinyBook.Libraries, "1", "2");
        await using var served = await ServedBook.StartAsync(book.Root);
        var access = served.NewAccess();
        var tabs = await Task.WhenAll(Enumerable.Range(0, Tabs).Select(_ => SocketReader.OpenAsync(served, access, "00-load")));
        await tabs[0].RunAsync(("cell-2", TinyBook.Libraries), ("cell-3", $$"""
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var live = new LiveFigure(new Figure("Points"));
            live.Show();
            var shown = display("update -1");
            for (var n = 0; n < {{Updates}}; n++)
            {
                live.Add("points", n, Math.Sin(0.001 * n));
                shown.Update($"update {n}");
                while (clock.Elapsed.TotalMilliseconds < n) { await Task.Yield(); }
            }

            live.Done();
            Console.WriteLine($"took {clock.Elapsed.TotalSeconds:F2} s");
            """));
        await Task.WhenAll(tabs.Select(tab => tab.UntilAsync(page => page.StateOf("cell-3") is "ok" or "failed")));
        Assert.All(tabs, tab => Assert.Equal("ok", tab.StateOf("cell-3")));
        Assert.All(tabs, tab => Assert.Contains($"update {Updates - 1}<", tab.Values[("cell-3", 1)], StringComparison.Ordinal));
        Assert.All(tabs, tab => Assert.Contains($"{Updates - 1}", tab.Values[("cell-3", 0)], StringComparison.Ordinal));
        output.WriteLine(FormattableString.Invariant(
            $"{Updates} updates, {tabs[0].Text("cell-3", 2).Trim()}, {Tabs} tabs: {tabs.Min(tab => tab.Messages)} to {tabs.Max(tab => tab.Messages)} messages a tab, server {MemoryOf(served)} MB"));
        Assert.InRange(MemoryOf(served), 0, 700);
        await Task.WhenAll(tabs.Select(tab => tab.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_tab_that_takes_nothing_holds_up_nobody_and_then_gets_the_present_state()
    {
        using var book = new TinyBook().Chapter("00-load", "1");
        await using var served = await ServedBook.StartAsync(book.Root);
        var access = served.NewAccess();
        await using var slow = await SocketReader.OpenAsync(served, access, "00-load");
        await using var quick = await SocketReader.OpenAsync(served, access, "00-load");
        await quick.RunAsync(("cell-2", "var d = display(0); for (var i = 1; i <= 100_000; i++) d.Update(i); for (var i = 0; i < 3000; i++) Console.WriteLine(i);"));
        await quick.UntilAsync(page => page.StateOf("cell-2") == "ok");
        await slow.UntilAsync(page => page.StateOf("cell-2") == "ok");
        Assert.InRange(slow.Messages, 1, 5);
        Assert.Contains("100000", slow.Values[("cell-2", 0)], StringComparison.Ordinal);
        Assert.Equal(string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i}\n")), slow.Text("cell-2", 1));
    }

    [Fact]
    public async Task The_first_page_is_there_and_every_run_of_a_warm_cell_answers()
    {
        using var book = new CopiedBook();
        var clock = Stopwatch.StartNew();
        await using var served = await ServedBook.StartAsync(book.Root);
        var start = clock.Elapsed;
        clock.Restart();
        var access = served.NewAccess();
        using var client = served.NewClient();
        using (var page = await client.GetAsync("/"))
        {
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            await page.Content.ReadAsByteArrayAsync();
        }

        var firstPage = clock.Elapsed;
        await using var tab = await SocketReader.OpenAsync(served, access, "09-start-from-the-identity");
        var times = new List<double>();
        for (var i = 0; i < 30; i++)
        {
            clock.Restart();
            await tab.RunAsync(("setup", $"Console.WriteLine(\"run {i}\");"));
            await tab.UntilAsync(page => page.Text("setup").Contains($"run {i}", StringComparison.Ordinal));
            times.Add(clock.Elapsed.TotalMilliseconds);
            await tab.UntilAsync(page => page.StateOf("setup") == "ok");
        }

        var warm = times.Skip(5).Order().ToList();
        output.WriteLine(FormattableString.Invariant(
            $"address printed after {start.TotalSeconds:0.0} s; first page {firstPage.TotalMilliseconds:0} ms after the address; cold start to first output {times[0]:0} ms; warm: median {warm[warm.Count / 2]:0} ms, largest {warm[^1]:0} ms"));
    }

    /// <summary>The server's resident memory in megabytes.</summary>
    private static int MemoryOf(ServedBook served)
    {
        using var process = Process.GetProcessById(served.Process.Id);
        return (int)(process.WorkingSet64 >> 20);
    }
}
