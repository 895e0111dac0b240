using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace RnnBook.Book.Tests;

/// <summary>axe-core on a page as a reader sees it who scrolls through all of it, in both colour schemes.</summary>
internal static class Axe
{
    /// <summary>The rules that look at colours: all others say the same of a page whatever its scheme is.</summary>
    private static readonly string[] ColourRules = ["color-contrast", "link-in-text-block"];

    /// <summary>The rules about colours in the dark scheme, then every rule in the light one.</summary>
    /// <param name="page">An open page.</param>
    /// <param name="isDrawn">Whether all figures are drawn for it: they are the same on the live page as on the static one.</param>
    public static async Task CheckAsync(IPage page, bool isDrawn)
    {
        // What is far from the reader is not laid out, and axe would look past it.
        await page.AddStyleTagAsync(new() { Content = "* { content-visibility: visible !important }" });
        await CheckAsync(page, ColorScheme.Dark, new AxeRunOptions { RunOnly = new() { Type = "rule", Values = [.. ColourRules] } });
        if (isDrawn)
        {
            await page.EvaluateAsync("window.rnnbookFigures?.drawAll()");
        }

        await CheckAsync(page, ColorScheme.Light, new AxeRunOptions());
    }

    private static async Task CheckAsync(IPage page, ColorScheme scheme, AxeRunOptions options)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        // What is right is not sent: a long page has ten thousand things that are.
        options.ResultTypes = [ResultType.Violations];
        var result = await page.RunAxe(options);
        Assert.True(result.Violations.Length == 0, $"{scheme}\n" + string.Join('\n', result.Violations.Select(violation =>
            $"{violation.Id} ({violation.Impact}): {violation.Help}\n  " + string.Join("\n  ", violation.Nodes.Take(5).Select(node => $"{node.Target} {node.Html}")))));
    }
}
