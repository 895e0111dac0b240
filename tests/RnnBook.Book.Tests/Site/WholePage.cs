using Microsoft.Playwright;

namespace RnnBook.Book.Tests;

/// <summary>A page as a reader has it who has been everywhere: without that, what is far from the window has no layout, or an old one.</summary>
internal static class WholePage
{
    /// <summary>Lays out all parts, and keeps them so. Not by AddStyleTagAsync, which waits for ever where scripts are off.</summary>
    public static Task LayOutAllAsync(this IPage page) => page.EvaluateAsync("""
        () => {
          const style = document.createElement("style");
          style.textContent = "* { content-visibility: visible !important }";
          document.head.append(style);
        }
        """);
}
