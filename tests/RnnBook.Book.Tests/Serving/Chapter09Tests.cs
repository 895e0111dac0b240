using Microsoft.Playwright;

namespace RnnBook.Book.Tests;

/// <summary>The book's own chapter 09 in the live book: a reader changes the hidden size and looks what becomes of it; two runs of the race are repeated.</summary>
public sealed class Chapter09Tests(Browser browser) : IClassFixture<Browser>
{
    private const string Chapter = "09-start-from-the-identity";

    // A unit that lets marked values through, and one that adds them up.
    private const string Solution =
        "(Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 1 }, { 0, 0 } }), Matrix<double>.Build.DenseOfArray(new[,] { { 0.0, 0 }, { 1, 1 } }), "
        + "Vector<double>.Build.DenseOfArray([-1, 0]), Vector<double>.Build.DenseOfArray([1, 1]))";

    private static string Screenshots => Directory.CreateDirectory(Path.Combine(WholeBook.Folder.Root, "artifacts", "screenshots")).FullName;

    [SkippableFact]
    public async Task Another_hidden_size_moves_the_live_figure_and_changes_the_result_and_an_exercise_is_solved()
    {
        Thorough.Need();
        using var book = new CopiedBook();
        await using var served = await ServedBook.StartAsync(book.Root);
        await using var context = await browser.NewContextAsync(ColorScheme.Dark);
        var page = await LivePage.OpenAsync(context, served, Chapter);
        Assert.Contains("Not run yet", await page.Page.Locator("header.title").InnerTextAsync(), StringComparison.Ordinal);

        await RunAsync("setup", "adding-figure", "irnn-scratch");
        Assert.Contains("W_hh is 32×32", await page.OutputAsync("irnn-scratch"), StringComparison.Ordinal);

        // The result follows the edit.
        await page.ReplaceAsync("setup", "H = 32", "H = 12");
        await RunAsync("setup", "adding-figure", "irnn-scratch", "race-data");
        await page.SaysAsync("irnn-scratch", "W_hh is 12×12");

        await page.RunAsync("spot-check");
        var canvas = page.Cell("spot-check").Locator(".js-plotly-plot");
        await canvas.WaitForAsync();
        await canvas.EvaluateAsync("canvas => { canvas.sameCanvas = true; canvas.sizes = []; canvas.on('plotly_afterplot', () => canvas.sizes.push(canvas.data.reduce((sum, line) => sum + line.x.length, 0))); }");
        await page.StateAsync("spot-check", "ok");
        await page.Cell("spot-check").ScrollIntoViewIfNeededAsync();
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, "live-chapter-09-dark.png") });
        var sizes = await canvas.EvaluateAsync<int[]>("canvas => canvas.sizes");
        Assert.True(await canvas.EvaluateAsync<bool>("canvas => canvas.sameCanvas"));
        Assert.True(sizes.Distinct().Count() >= 3 && sizes[^1] > sizes[0], $"the figure grows in steps: {string.Join(", ", sizes)}");

        await page.RunAsync("exercise-09-1");
        await page.StateAsync("exercise-09-1", "ok");
        await page.SaysAsync("exercise-09-1", "○ Exercise 09.1");
        // To run the stub as it stands is no try.
        Assert.Equal(0, await page.Page.Locator(".side .exercise-mark.tried").CountAsync());
        await page.ReplaceAsync("exercise-09-1", "(null, null, null, null)", Solution);
        await page.RunAsync("exercise-09-1");
        await page.SaysAsync("exercise-09-1", "Solved");
        await page.Page.Locator(".side .exercise-mark.solved").WaitForAsync();
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, "live-exercise-solved.png") });

        await page.ReloadAsync();
        Assert.Contains("H = 12", await page.TextAsync("setup"), StringComparison.Ordinal);
        await page.SaysAsync("irnn-scratch", "W_hh is 12×12");
        await page.Page.Locator(".side .exercise-mark.solved").WaitForAsync();
        await page.Page.GotoAsync(served.Root.ToString());
        await page.Page.Locator(".contents li", new() { HasText = "1 of 3 exercises solved" }).WaitForAsync();
        Assert.True(page.Complaints.Count == 0, string.Join("\n", page.Complaints));

        async Task RunAsync(params string[] cells)
        {
            foreach (var cell in cells)
            {
                await page.RunAsync(cell);
                await page.StateAsync(cell, "ok");
            }
        }
    }
}
