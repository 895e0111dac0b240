using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>A chapter read, edited and run, and its slider moved, by a reader who has no mouse.</summary>
public sealed class KeyboardTests(Browser browser) : IClassFixture<Browser>
{
    private const string Slider = """Figure.Slider("scale ρ", new[] { 0.5, 1, 2 }, rho => new Figure($"ρ = {rho}") { Alt = "A line." }.Line(new[] { 1.0, 2, 3 }, new[] { rho, 2 * rho, 3 * rho }, "line"), start: 1)""";

    [SkippableFact]
    public async Task A_chapter_is_read_edited_and_run_and_its_slider_moved_by_keyboard_alone()
    {
        using var book = new TinyBook().Chapter("00-keys", "var x = 20;", "Console.WriteLine($\"twice {x * 2}\");", TinyBook.Libraries, Slider);
        await using var served = await ServedBook.StartAsync(book.Root);
        await using var context = await browser.NewContextAsync();
        var page = await LivePage.OpenAsync(context, served, "00-keys");
        var keys = page.Page.Keyboard;

        await page.TabToAsync("C# code of cell 2");
        await keys.PressAsync("Control+a");
        await keys.TypeAsync("var x = 21;");
        await keys.PressAsync("Escape");
        await keys.PressAsync("Escape");
        Assert.StartsWith("Run cell 2", await page.FocusAsync(), StringComparison.Ordinal);
        await keys.PressAsync("Enter");
        await page.StateAsync("cell-2", "ok");
        await page.TabToAsync("C# code of cell 3");
        await keys.PressAsync("Control+Enter");
        await page.SaysAsync("cell-3", "twice 42");
        await page.TabToAsync("C# code of cell 4");
        await keys.PressAsync("Shift+Enter");
        await page.StateAsync("cell-4", "ok");
        await page.TabToAsync("C# code of cell 5");
        await keys.PressAsync("Control+Enter");
        await page.StateAsync("cell-5", "ok");
        await page.Cell("cell-5").Locator(".slider input").WaitForAsync();
        await page.TabToAsync("scale ρ = 1");
        await keys.PressAsync("ArrowRight");
        Assert.Equal("scale ρ = 2", await page.FocusAsync());
        await page.Cell("cell-5").GetByText("ρ = 2", new() { Exact = true }).First.WaitForAsync();
        Assert.Empty(page.Complaints);
    }

    /// <summary>The book's own chapter of the race, of which readers change most.</summary>
    [SkippableFact]
    public async Task The_whole_chapter_of_the_race_is_read_edited_and_run_and_its_slider_moved_by_keyboard_alone()
    {
        Thorough.Need();
        using var book = new CopiedBook();
        await using var served = await ServedBook.StartAsync(book.Root);
        await using var context = await browser.NewContextAsync();
        var page = await LivePage.OpenAsync(context, served, "09-start-from-the-identity");
        var keys = page.Page.Keyboard;
        var cells = await page.Page.Locator(".code-cell").EvaluateAllAsync<string[]>("cells => cells.map(cell => cell.dataset.cell)");
        var notebook = NotebookDocument.Load(Path.Combine(book.Root, "notebooks", "09-start-from-the-identity.ipynb"));

        // Read: Tab leads through the whole page, each stop in view, and to every cell's code and Run button.
        var stops = new List<string>();
        for (var last = ""; last != "Errata, and how to report one"; stops.Add(last))
        {
            await page.TabAsync();
            last = await page.FocusAsync();
            await page.UntilAsync("(() => { const box = document.activeElement.getBoundingClientRect(); return box.width > 0 && box.bottom > 0 && box.top < innerHeight; })()");
            Assert.False(await page.Page.EvaluateAsync<bool>("window.lastStop === (window.lastStop = document.activeElement)"), $"Tab stays at {last}");
            Assert.InRange(stops.Count, 0, 1000);
        }

        foreach (var cell in notebook.Cells.Index().Where(cell => cell.Item.Kind == CellKind.Code))
        {
            Assert.Contains($"Run cell {cell.Index + 1}", stops);
            var isFolded = cell.Item.Metadata["jupyter"] is not null;
            Assert.True(isFolded || stops.Any(stop => stop.StartsWith($"C# code of cell {cell.Index + 1}.", StringComparison.Ordinal)), $"Tab passes by the code of cell {cell.Index + 1}");
        }

        // Edit: to a number in a line, and another one in its place.
        await keys.PressAsync("Control+Home");
        await page.Page.EvaluateAsync("document.activeElement.blur()");
        const string Old = "epsilon = 0.1f";
        var source = notebook.Cells.Single(cell => cell.Id == "disturb").Source;
        var number = notebook.Cells.ToList().FindIndex(cell => cell.Id == "disturb") + 1;
        Assert.Contains(Old, source, StringComparison.Ordinal);
        await page.TabToAsync($"C# code of cell {number}.");
        await keys.PressAsync("Control+Home");
        for (var i = source.IndexOf(Old, StringComparison.Ordinal) + Old.Length - 1; i > 0; i--)
        {
            await keys.PressAsync("ArrowRight");
        }

        await keys.PressAsync("Backspace");
        await keys.TypeAsync("3");
        Assert.Equal(source.Replace(Old, "epsilon = 0.3f", StringComparison.Ordinal), await page.TextAsync("disturb"));
        await keys.PressAsync("Escape");
        await keys.PressAsync("Escape");
        Assert.StartsWith($"Run cell {number}", await page.FocusAsync(), StringComparison.Ordinal);

        // Run: the button above the chapter, back by Shift and Tab.
        await page.TabToAsync("▶ Run all", "Shift+Tab");
        await keys.PressAsync("Enter");
        foreach (var cell in cells)
        {
            await page.StateAsync(cell, "ok");
        }

        // The slider of the chapter's first figure.
        await page.Cell("memory-slider").Locator(".slider input").WaitForAsync();
        await page.TabToAsync("scale s = ");
        var before = await page.FocusAsync();
        await keys.PressAsync("ArrowRight");
        var after = await page.FocusAsync();
        Assert.StartsWith("scale s = ", after, StringComparison.Ordinal);
        Assert.NotEqual(before, after);
        Assert.Equal(after, await page.Cell("memory-slider").Locator(".slider span").InnerTextAsync());
        Assert.Empty(page.Complaints);
    }
}
