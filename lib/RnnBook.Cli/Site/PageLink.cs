using System.Text.RegularExpressions;

namespace RnnBook.Cli;

/// <summary>Links that a notebook writes, in prose and in outputs, to what is a page of the site: they lead there from the notebook, too.</summary>
internal static partial class PageLink
{
    private const string Site = "../artifacts/site/";

    /// <summary>The page: of another notebook, or one of the site's own, such as <c>../artifacts/site/ledger.html#C8</c>; null where there is none.</summary>
    public static string? Of(string url) => !IsRelative(url) ? null
        : url.StartsWith(Site, StringComparison.Ordinal) ? url[Site.Length..]
        : Notebook().IsMatch(url) ? Notebook().Replace(url, ".html$1")
        : null;

    /// <summary>Whether the address is meant from the notebook's place.</summary>
    public static bool IsRelative(string url) => url.Length > 0 && url[0] is not ('#' or '/') && !url.Contains(':', StringComparison.Ordinal);

    [GeneratedRegex(@"\.ipynb(#.*)?$")]
    private static partial Regex Notebook();
}
