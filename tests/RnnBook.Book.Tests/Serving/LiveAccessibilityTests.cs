using Microsoft.Playwright;

namespace RnnBook.Book.Tests;

/// <summary>No page of the whole book, served, has a violation that axe-core finds.</summary>
public sealed class LiveAccessibilityTests(WholeBook book, Browser browser, LiveAccessibilityTests.Served served)
    : IClassFixture<WholeBook>, IClassFixture<Browser>, IClassFixture<LiveAccessibilityTests.Served>
{
    /// <summary>Pages whose colours are all looked at, here too: a style of the live book alone may reach any part.</summary>
    private static readonly string[] Whole = ["00", "index"];

    /// <summary>What other pages show as their static form, where it is checked.</summary>
    private static readonly string[] AsOnTheStaticPage = [".prose", ".code", ".outputs", ".claim"];

    public static TheoryData<string> Pages => SiteTests.PagesOr(Whole);

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task A_live_page_has_no_violation(string page)
    {
        Assert.NotNull(book.Result);
        await using var context = await browser.NewContextAsync();
        var open = await context.NewPageAsync();
        await open.GotoAsync(served.Book.Address.ToString());
        await open.GotoAsync(new Uri(served.Book.Root, page + ".html").ToString());
        var ready = WholeBook.Chapters.Any(chapter => chapter.Name == page) ? "html[data-ready][data-live]" : "html[data-ready]";
        await open.Locator(ready).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Axe.CheckAsync(open, isDrawn: false, IsWhole(page) ? [] : AsOnTheStaticPage);
    }

    private static bool IsWhole(string page) => Whole.Any(beginning => page.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>The whole book, served.</summary>
    public sealed class Served : IAsyncLifetime
    {
        internal ServedBook Book { get; private set; } = null!;

        public async Task InitializeAsync() => Book = await ServedBook.StartAsync(WholeBook.Folder.Root);

        public async Task DisposeAsync() => await Book.DisposeAsync();
    }
}
