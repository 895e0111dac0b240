using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace RnnBook.Book.Tests;

/// <summary>axe-core on a page as a reader sees it who scrolls through all of it, in both colour schemes.</summary>
internal static class Axe
{
    /// <summary>The rules that look at colours: all others say the same of a page whatever its scheme is.</summary>
    private static readonly string[] ColourRules = ["color-contrast", "link-in-text-block"];

    /// <summary>Every rule, and those that look at colours in both schemes.</summary>
    /// <param name="page">An open page.</param>
    /// <param name="isDrawn">Whether all figures are drawn for it: they are the same on the live page as on the static one.</param>
    /// <param name="colouredElsewhere">Selectors of parts whose colours another check has seen; they take ten seconds a page.</param>
    public static async Task CheckAsync(IPage page, bool isDrawn, params string[] colouredElsewhere)
    {
        await page.LayOutAllAsync();
        var colours = new AxeRunOptions { RunOnly = new() { Type = "rule", Values = [.. ColourRules] } };
        await CheckAsync(page, ColorScheme.Dark, colours, colouredElsewhere);
        if (isDrawn)
        {
            await page.EvaluateAsync("window.rnnbookFigures?.drawAll()");
        }

        await CheckAsync(page, ColorScheme.Light, colours, colouredElsewhere);
        await CheckAsync(page, ColorScheme.Light, new AxeRunOptions { Rules = ColourRules.ToDictionary(rule => rule, _ => new RuleOptions { Enabled = false }) }, []);
    }

    private static async Task CheckAsync(IPage page, ColorScheme scheme, AxeRunOptions options, string[] without)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        // What is right is not sent: a long page has ten thousand things that are.
        options.ResultTypes = [ResultType.Violations];
        var result = await page.RunAxe(new AxeRunContext { Exclude = [.. without.Select(selector => new AxeSelector(selector))] }, options);
        Assert.True(result.Violations.Length == 0, $"{scheme}\n" + string.Join('\n', result.Violations.Select(violation =>
            $"{violation.Id} ({violation.Impact}): {violation.Help}\n  " + string.Join("\n  ", violation.Nodes.Take(5).Select(node => $"{node.Target} {node.Html}")))));
    }
}
