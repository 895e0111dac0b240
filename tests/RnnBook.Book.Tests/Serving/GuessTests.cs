using System.Text.Json.Nodes;
using Microsoft.Playwright;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>A reader guesses before looking, and unfolds what the book keeps folded.</summary>
public sealed class GuessTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableFact]
    public async Task A_guess_is_kept_and_stands_beside_the_next_result()
    {
        using var book = Book();
        await using var served = await ServedBook.StartAsync(book.Root);
        await using var context = await browser.NewContextAsync();
        var page = await LivePage.OpenAsync(context, served, "00-guess");
        Assert.Equal(2, await page.Page.GetByRole(AriaRole.Radio).CountAsync());
        Assert.Equal(0, await page.Page.Locator(".your-guess").CountAsync());
        Assert.Equal(1, await page.Page.Locator("ul.contains-task-list").CountAsync()); // an ordinary task list stays one

        await page.Page.GetByLabel("about 5").CheckAsync();
        await page.Page.Locator("[data-cell='figure'] .your-guess", new() { HasText = "Your guess: about 5" }).WaitForAsync();
        await page.ReloadAsync();
        await page.Page.Locator("[data-cell='figure'] .your-guess", new() { HasText = "Your guess: about 5" }).WaitForAsync();
        Assert.True(await page.Page.GetByLabel("about 5").IsCheckedAsync());
        await page.Page.GetByLabel("more than").CheckAsync();
        await page.Page.Locator("[data-cell='figure'] .your-guess", new() { HasText = "Your guess: more than e^2" }).WaitForAsync();
        Assert.Equal(1, await page.Page.Locator(".your-guess").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [SkippableFact]
    public async Task Folded_code_shows_on_click_runs_folded_and_opens_when_it_fails()
    {
        using var book = Book();
        await using var served = await ServedBook.StartAsync(book.Root);
        await using var context = await browser.NewContextAsync();
        var page = await LivePage.OpenAsync(context, served, "00-guess");
        var code = page.Cell("plumbing").Locator("pre.code, .cm-editor").First;
        Assert.False(await code.IsVisibleAsync());
        await page.Cell("plumbing").GetByText("Show the code (2 lines)").ClickAsync();
        Assert.True(await code.IsVisibleAsync());
        await page.TypeAsync("plumbing", "int five = 5;\nthrow new Exception(\"no\");");
        await page.Cell("plumbing").GetByText("Show the code").ClickAsync();
        Assert.False(await page.Cell("plumbing").Locator(".cm-editor").IsVisibleAsync());
        await page.Cell("plumbing").Locator("button.run").ClickAsync();
        await page.StateAsync("plumbing", "failed");
        await page.Cell("plumbing").Locator(".cm-editor").WaitForAsync(new() { State = WaitForSelectorState.Visible });
    }

    private static TinyBook Book()
    {
        var book = new TinyBook();
        var notebook = new NotebookDocument();
        notebook.Cells.Add(new Cell(CellKind.Markdown, "# 00 Guess\n\n- [ ] no question"));
        notebook.Cells.Add(new Cell(CellKind.Markdown, "**Guess first.** How much is *2 + 3*?\n\n- [ ] about 5\n- [ ] more than $e^2$"));
        Add("plumbing", "int five = 2\n    + 3;", new() { ["jupyter"] = new JsonObject { ["source_hidden"] = true } });
        Add("figure", "five", []);
        notebook.Save(Path.Combine(book.Notebooks, "00-guess.ipynb"));
        return book;

        void Add(string id, string source, JsonObject metadata)
        {
            var cell = new Cell(CellKind.Code, source);
            cell.Json["id"] = id;
            cell.Json["metadata"] = metadata;
            notebook.Cells.Add(cell);
        }
    }
}
