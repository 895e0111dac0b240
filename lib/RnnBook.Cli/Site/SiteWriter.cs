namespace RnnBook.Cli;

/// <summary>Writes the static site: a page a chapter, the index, the ledger, and the files they need.</summary>
internal sealed class SiteWriter(string folder, WebAssets assets)
{
    public async Task WriteAsync(IReadOnlyList<ChapterRun> runs, Ledger ledger, CancellationToken token)
    {
        assets.CopyTo(Path.Combine(folder, "assets"));
        var chapters = runs.Select(ChapterInfo.Of).ToList();
        using var highlighter = new CodeHighlighter();
        for (var i = 0; i < chapters.Count; i++)
        {
            var page = new ChapterPage(chapters[i], chapters.ElementAtOrDefault(i - 1), chapters.ElementAtOrDefault(i + 1));
            Write(chapters[i].Page, await page.WriteAsync(highlighter, assets, token));
        }

        Write("ledger.html", LedgerPage.Write(ledger));
        Write("index.html", IndexPage.Write(chapters, ledger, assets));
        RemoveOthers([.. chapters.Select(chapter => chapter.Page), "ledger.html", "index.html"]);
    }

    private void Write(string page, string html) => WholeFile.Write(Path.Combine(folder, page), html);

    /// <summary>Pages of chapters that are gone.</summary>
    private void RemoveOthers(HashSet<string> pages)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.html").Where(file => !pages.Contains(Path.GetFileName(file))))
        {
            File.Delete(file);
        }
    }
}
