using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace RnnBook.Book.Tests;

/// <summary>axe-core on every page of the whole book, light and dark, as files and live: no violation.</summary>
[Collection(WholeBookTests.Name)]
public sealed class AccessibilityTests(WholeBook book, Browser browser, AccessibilityTests.Served served) : IClassFixture<Browser>, IClassFixture<AccessibilityTests.Served>
{
    public static TheoryData<string, ColorScheme> Pages
    {
        get
        {
            var pages = new TheoryData<string, ColorScheme>();
            foreach (var file in Directory.EnumerateFiles(WholeBook.Folder.Site, "*.html").Order())
            {
                pages.Add(Path.GetFileNameWithoutExtension(file), ColorScheme.Light);
                pages.Add(Path.GetFileNameWithoutExtension(file), ColorScheme.Dark);
            }

            return pages;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task A_static_page_has_no_violation(string page, ColorScheme scheme)
    {
        Assert.NotNull(book.Result);
        await using var context = await browser.NewContextAsync(scheme);
        var open = await context.NewPageAsync();
        await open.GotoAsync(new Uri(Path.Combine(WholeBook.Folder.Site, page + ".html")).AbsoluteUri);
        await open.Locator("html[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await CheckAsync(open);
    }

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task A_live_page_has_no_violation(string page, ColorScheme scheme)
    {
        await using var context = await browser.NewContextAsync(scheme);
        var open = await context.NewPageAsync();
        await open.GotoAsync(served.Book.Address.ToString());
        await open.GotoAsync(new Uri(served.Book.Root, page + ".html").ToString());
        await open.Locator("html[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        if (await open.Locator("article.chapter").CountAsync() > 0)
        {
            await open.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }

        await CheckAsync(open);
    }

    private static async Task CheckAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(violation =>
            $"{violation.Id} ({violation.Impact}): {violation.Help}\n  " + string.Join("\n  ", violation.Nodes.Take(5).Select(node => $"{node.Target} {node.Html}")))));
    }

    /// <summary>The whole book, served.</summary>
    public sealed class Served : IAsyncLifetime
    {
        internal ServedBook Book { get; private set; } = null!;

        public async Task InitializeAsync() => Book = await ServedBook.StartAsync(WholeBook.Folder.Root);

        public async Task DisposeAsync() => await Book.DisposeAsync();
    }
}
