using Microsoft.Playwright;

namespace RnnBook.Book.Tests;

/// <summary>A chapter of a served book in Chromium, driven as a reader would. All but this machine is out of reach.</summary>
internal sealed class LivePage(IPage page)
{
    public IPage Page => page;

    /// <summary>Console errors, exceptions, refused scripts, and requests beyond the server.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<LivePage> OpenAsync(IBrowserContext context, ServedBook book, string chapter)
    {
        var live = new LivePage(await context.NewPageAsync());
        live.Page.Console += (_, message) => live.AddIf(message.Type is "error" or "warning", message.Text);
        live.Page.PageError += (_, error) => live.AddIf(true, error);
        live.Page.Request += (_, request) => live.AddIf(
            !request.Url.StartsWith(book.Root.ToString(), StringComparison.Ordinal) && request.Url.StartsWith("http", StringComparison.Ordinal), $"asked for {request.Url}");
        await live.Page.GotoAsync(book.Address.ToString());
        await live.Page.GotoAsync(new Uri(book.Root, chapter + ".html").ToString());
        await live.ReadyAsync();
        return live;
    }

    public async Task ReloadAsync()
    {
        await page.ReloadAsync();
        await ReadyAsync();
    }

    public ILocator Cell(string id) => page.Locator($"[data-cell='{id}']");

    public ILocator Editor(string id) => Cell(id).Locator(".cm-content");

    /// <summary>The reader's text in a cell, as the notebook that can be downloaded has it.</summary>
    public Task<string> TextAsync(string id) => Cell(id).EvaluateAsync<string>(
        "cell => cell.querySelector('.cm-content') ? [...cell.querySelectorAll('.cm-line')].map(line => line.textContent).join('\\n') : cell.querySelector('pre.code code').textContent");

    /// <summary>Clicks into a cell's code, which makes it an editor.</summary>
    public async Task EditAsync(string id)
    {
        await Cell(id).Locator("pre.code, .cm-content").First.ClickAsync();
        await Cell(id).Locator(".cm-editor.cm-focused").WaitForAsync();
    }

    /// <summary>Types a text in place of what a cell holds.</summary>
    public async Task TypeAsync(string id, string text)
    {
        await EditAsync(id);
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>Writes one text in a cell in place of another.</summary>
    public async Task ReplaceAsync(string id, string old, string fresh)
    {
        var text = await TextAsync(id);
        Assert.Contains(old, text, StringComparison.Ordinal);
        await TypeAsync(id, text.Replace(old, fresh, StringComparison.Ordinal));
    }

    /// <summary>Rests the mouse on a word in a cell's first line.</summary>
    public async Task PointAtAsync(string id, string word)
    {
        await EditAsync(id);
        var place = await Editor(id).EvaluateAsync<float[]>("""
            (editor, word) => {
              const texts = document.createTreeWalker(editor.querySelector(".cm-line"), NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const at = texts.currentNode.data.indexOf(word);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(texts.currentNode, at);
                range.setEnd(texts.currentNode, at + word.length);
                const box = range.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2];
              }
            }
            """, word);
        await page.Mouse.MoveAsync(place[0] - 3, place[1]);
        await page.Mouse.MoveAsync(place[0], place[1]);
    }

    /// <summary>What a screen reader would call the element that has the focus.</summary>
    public Task<string> FocusAsync() => page.EvaluateAsync<string>(
        "(document.activeElement.ariaValueText ?? document.activeElement.ariaLabel ?? document.activeElement.textContent.slice(0, 60)).trim()");

    /// <summary>Waits until an expression holds. Playwright's own way needs eval, which the pages' policy forbids.</summary>
    public async Task UntilAsync(string expression)
    {
        for (var tries = 0; !await page.EvaluateAsync<bool>(expression); tries++)
        {
            Assert.True(tries < 1800, $"never: {expression}");
            await Task.Delay(100);
        }
    }

    /// <summary>Goes one stop on. Code that gets the focus gives it to the editor that takes its place.</summary>
    public async Task TabAsync(string key = "Tab")
    {
        await page.Keyboard.PressAsync(key);
        await page.Locator(".code-cell pre.code:focus").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>Presses Tab until something of this name has the focus.</summary>
    public async Task TabToAsync(string name, string key = "Tab")
    {
        for (var i = 0; i < 1000 && !(await FocusAsync()).StartsWith(name, StringComparison.Ordinal); i++)
        {
            await TabAsync(key);
        }

        Assert.StartsWith(name, await FocusAsync(), StringComparison.Ordinal);
    }

    public async Task RunAsync(string id) => await Cell(id).Locator("button.run").ClickAsync();

    public Task StateAsync(string id, string state) =>
        page.Locator($"[data-cell='{id}'][data-state='{state}']").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    public Task<string> OutputAsync(string id) => Cell(id).Locator(".outputs").InnerTextAsync();

    /// <summary>Waits until a cell's output contains a text.</summary>
    public Task SaysAsync(string id, string text) => Cell(id).Locator(".outputs").Filter(new() { HasText = text }).WaitForAsync();

    private Task ReadyAsync() => page.Locator("html[data-ready][data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    private void AddIf(bool wrong, string complaint)
    {
        if (wrong)
        {
            Complaints.Add(complaint);
        }
    }
}
