using RnnBook.Shared;

namespace RnnBook.Cli;

/// <summary>Writes the static site: a page a chapter, the index, the ledger, and the files they need.</summary>
/// <param name="book">The book.</param>
/// <param name="assets">Scripts and styles.</param>
/// <param name="engine">Runs cells in the pages; null for pages to read.</param>
internal sealed class SiteWriter(BookFolder book, WebAssets assets, PageEngine? engine)
{
    private static readonly string[] OwnPages = ["ledger.html", "index.html", "glossary.html", "errata.html"];

    /// <summary>Whether every page is newer than all that pages are made from: notebooks, their last runs, claims, this program and its files.</summary>
    public static bool IsCurrent(BookFolder book, IReadOnlyList<Chapter> chapters)
    {
        var pages = chapters.Select(chapter => chapter.Page).Concat(OwnPages).Select(name => Path.Combine(book.Site, name));
        var executed = chapters.Select(chapter => Path.Combine(book.Executed, chapter.Name + ".ipynb")).Where(File.Exists);
        var sources = chapters.Select(chapter => chapter.File).Concat(executed).Append(book.ClaimsFile)
            .Concat(new[] { book.GlossaryFile, book.ErrataFile }.Where(File.Exists))
            .Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")).Concat(Directory.EnumerateFiles(WebAssets.OwnFolder));
        return pages.Min(File.GetLastWriteTimeUtc) > sources.Max(File.GetLastWriteTimeUtc);
    }

    public async Task WriteAsync(IReadOnlyList<ChapterRun> runs, Ledger ledger, CancellationToken token)
    {
        var shared = Path.Combine(book.Site, "assets");
        assets.CopyTo(shared);
        if (engine is null)
        {
            PageEngine.RemoveFrom(shared);
        }
        else
        {
            engine.CopyTo(shared);
            assets.CopyEditorTo(shared);
        }

        var search = new SearchIndex();
        var chapters = runs.Select(ChapterInfo.Of).ToList();
        var pictures = new SitePictures(book.Site);
        using var highlighter = new CodeHighlighter();
        for (var i = 0; i < chapters.Count; i++)
        {
            var (before, after) = (chapters.ElementAtOrDefault(i - 1), chapters.ElementAtOrDefault(i + 1));
            var html = await new ChapterPage(chapters[i], before, after).WriteAsync(highlighter, pictures, assets, engine, token);
            Write(chapters[i].Page, html);
            search.Add(chapters[i], html);
        }

        Write("ledger.html", LedgerPage.Write(ledger));
        Write("index.html", IndexPage.Write(chapters, ledger, assets));
        var terms = GlossaryPage.Load(book.GlossaryFile);
        Write("glossary.html", GlossaryPage.Write(terms, search));
        Write("errata.html", ErrataPage.Write(ErrataPage.Load(book.ErrataFile)));
        foreach (var row in ledger.Rows)
        {
            search.Add($"ledger.html#{Uri.EscapeDataString(row.Claim.Id)}", $"Claim {row.Claim.Id}", "The ledger", row.Claim.Text);
        }

        foreach (var term in terms)
        {
            search.Add($"glossary.html#{term.Id}", term.Term, "Glossary", term.Text);
        }

        Write("assets/search-index.js", search.Write());
        pictures.RemoveOthers();
        RemoveOthers([.. chapters.Select(chapter => chapter.Page), .. OwnPages]);
        if (engine is null)
        {
            CompressedFiles.RemoveFrom(book.Site);
        }
        else
        {
            CompressedFiles.WriteBeside(book.Site, token);
        }
    }

    private void Write(string page, string html) => AtomicFile.WriteText(Path.Combine(book.Site, page), html);

    /// <summary>Pages of chapters that are gone.</summary>
    private void RemoveOthers(HashSet<string> pages)
    {
        foreach (var file in Directory.EnumerateFiles(book.Site, "*.html").Where(file => !pages.Contains(Path.GetFileName(file))))
        {
            CompressedFiles.Delete(file);
        }
    }
}
