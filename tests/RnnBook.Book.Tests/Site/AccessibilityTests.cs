namespace RnnBook.Book.Tests;

/// <summary>No page of the whole book, as a file, has a violation that axe-core finds.</summary>
public sealed class AccessibilityTests(WholeBook book, Browser browser) : IClassFixture<WholeBook>, IClassFixture<Browser>
{
    public static TheoryData<string> Pages => SiteTests.PagesOr("00", "index");

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task A_static_page_has_no_violation(string page)
    {
        Assert.NotNull(book.Result);
        await using var open = await browser.OpenAsync(Path.Combine(WholeBook.Folder.Site, page + ".html"), 1280);
        await Axe.CheckAsync(open.Page, isDrawn: true);
    }

    /// <summary>Proves that a violation would be found, in either scheme and far down a page.</summary>
    [SkippableTheory]
    [InlineData("<img src='data:,'>", "Light")]
    [InlineData("<p style='color: light-dark(#ccc, white); background: light-dark(white, black)'>pale</p>", "Light")]
    [InlineData("<p style='color: light-dark(black, #444); background: light-dark(white, black)'>dim</p>", "Dark")]
    public async Task A_violation_is_found(string html, string scheme)
    {
        Assert.NotNull(book.Result);
        await using var open = await browser.OpenAsync(Path.Combine(WholeBook.Folder.Site, "glossary.html"), 1280);
        await open.Page.EvaluateAsync("html => [...document.querySelectorAll('dd')].at(-1).insertAdjacentHTML('beforeend', html)", html);
        var failure = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Axe.CheckAsync(open.Page, isDrawn: true));
        Assert.StartsWith(scheme, failure.Message, StringComparison.Ordinal);
    }
}
