using Microsoft.Playwright;

namespace RnnBook.Book.Tests;

/// <summary>A page as a reader has it who has been everywhere: without that, what is far from the window has no layout, or an old one.</summary>
internal static class WholePage
{
    /// <summary>Lays out all parts, and keeps them so.</summary>
    public static Task LayOutAllAsync(this IPage page) => page.AddStyleTagAsync(new() { Content = "* { content-visibility: visible !important }" });
}
