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

        await TabToAsync("C# code of cell 2");
        await keys.PressAsync("Control+a");
        await keys.TypeAsync("var x = 21;");
        await keys.PressAsync("Escape");
        await keys.PressAsync("Escape");
        Assert.StartsWith("Run cell 2", await FocusAsync(), StringComparison.Ordinal);
        await keys.PressAsync("Enter");
        await page.StateAsync("cell-2", "ok");
        await TabToAsync("C# code of cell 3");
        await keys.PressAsync("Control+Enter");
        await page.SaysAsync("cell-3", "twice 42");
        await TabToAsync("C# code of cell 4");
        await keys.PressAsync("Shift+Enter");
        await page.StateAsync("cell-4", "ok");
        await TabToAsync("C# code of cell 5");
        await keys.PressAsync("Control+Enter");
        await page.StateAsync("cell-5", "ok");
        await page.Cell("cell-5").Locator(".slider input").WaitForAsync();
        await TabToAsync("scale ρ = 1");
        await keys.PressAsync("ArrowRight");
        Assert.Equal("scale ρ = 2", await FocusAsync());
        await page.Cell("cell-5").GetByText("ρ = 2", new() { Exact = true }).First.WaitForAsync();
        Assert.Empty(page.Complaints);

        // Every control is passed once and none holds the reader.
        async Task TabToAsync(string name)
        {
            for (var i = 0; i < 60 && !(await FocusAsync()).StartsWith(name, StringComparison.Ordinal); i++)
            {
                await keys.PressAsync("Tab");
                await Task.Delay(100);
            }

            Assert.StartsWith(name, await FocusAsync(), StringComparison.Ordinal);
            await Task.Delay(300); // an editor takes the place of the code that has the focus
        }

        Task<string> FocusAsync() => page.Page.EvaluateAsync<string>("document.activeElement.ariaValueText ?? document.activeElement.ariaLabel ?? document.activeElement.textContent.slice(0, 60)");
    }
}
