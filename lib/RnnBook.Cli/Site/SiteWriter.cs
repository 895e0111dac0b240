using RnnBook.Shared;

namespace RnnBook.Cli;

/// <summary>Writes the static site: a page a chapter, the index, the ledger, and the files they need.</summary>
internal sealed class SiteWriter(string folder, WebAssets assets)
{
    /// <summary>Whether every page is newer than all that pages are made from: notebooks, their last runs, claims, this program and its files.</summary>
    public static bool IsCurrent(BookFolder book, IReadOnlyList<Chapter> chapters)
    {
        var pages = chapters.Select(chapter => chapter.Name).Append("ledger").Append("index").Select(name => Path.Combine(book.Site, name + ".html"));
        var executed = chapters.Select(chapter => Path.Combine(book.Executed, chapter.Name + ".ipynb")).Where(File.Exists);
        var sources = chapters.Select(chapter => chapter.File).Concat(executed).Append(book.ClaimsFile)
            .Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")).Concat(Directory.EnumerateFiles(WebAssets.OwnFolder));
        return pages.Min(File.GetLastWriteTimeUtc) > sources.Max(File.GetLastWriteTimeUtc);
    }

    public async Task WriteAsync(IReadOnlyList<ChapterRun> runs, Ledger ledger, CancellationToken token)
    {
        assets.CopyTo(Path.Combine(folder, "assets"));
        var chapters = runs.Select(ChapterInfo.Of).ToList();
        using var highlighter = new CodeHighlighter();
        for (var i = 0; i < chapters.Count; i++)
        {
            var (before, after) = (chapters.ElementAtOrDefault(i - 1), chapters.ElementAtOrDefault(i + 1));
            Write(chapters[i].Page, await new ChapterPage(chapters[i], before, after).WriteAsync(highlighter, assets, token));
        }

        Write("ledger.html", LedgerPage.Write(ledger));
        Write("index.html", IndexPage.Write(chapters, ledger, assets));
        RemoveOthers([.. chapters.Select(chapter => chapter.Page), "ledger.html", "index.html"]);
    }

    private void Write(string page, string html) => AtomicFile.WriteText(Path.Combine(folder, page), html);

    /// <summary>Pages of chapters that are gone.</summary>
    private void RemoveOthers(HashSet<string> pages)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.html").Where(file => !pages.Contains(Path.GetFileName(file))))
        {
            File.Delete(file);
        }
    }
}
