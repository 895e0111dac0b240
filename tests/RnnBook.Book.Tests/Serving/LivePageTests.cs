using Microsoft.Playwright;

namespace RnnBook.Book.Tests;

/// <summary>A small book in Chromium: what a reader does with cells.</summary>
public sealed class LivePageTests(Browser browser) : IClassFixture<Browser>
{
    private static string Screenshots => Path.Combine(WholeBook.Folder.Root, "artifacts", "screenshots");

    [SkippableFact]
    public async Task A_cell_is_edited_run_and_streams_what_it_says()
    {
        using var book = new TinyBook().Chapter("00-cells", "var x = 20;", "Console.WriteLine(x + 1);");
        await using var served = await ServedBook.StartAsync(book.Root);
        await using var context = await browser.NewContextAsync();
        var page = await LivePage.OpenAsync(context, served, "00-cells");
        Assert.Equal("var x = 20;", await page.TextAsync("cell-2"));

        await page.TypeAsync("cell-2", "var x = 41;\nfor (var i = 0; i < 3; i++) { Console.WriteLine($\"step {i}\"); await Task.Delay(400); }");
        await page.RunAsync("cell-2");
        await page.SaysAsync("cell-2", "step 0");
        await page.StateAsync("cell-2", "running");
        Assert.DoesNotContain("step 2", await page.OutputAsync("cell-2"), StringComparison.Ordinal);
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Directory.CreateDirectory(Screenshots).FullName, "live-running.png") });
        await page.StateAsync("cell-2", "ok");
        Assert.Equal("step 0\nstep 1\nstep 2\n", await page.OutputAsync("cell-2"));
        await page.RunAsync("cell-3");
        await page.SaysAsync("cell-3", "42");
        Assert.Empty(page.Complaints);
    }
}
