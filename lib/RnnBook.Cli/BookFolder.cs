namespace RnnBook.Cli;

/// <summary>The folder of the book and where things lie in it.</summary>
internal sealed class BookFolder(string root)
{
    public string Root { get; } = Path.GetFullPath(root);

    public string Notebooks => Path.Combine(Root, "notebooks");

    public string ClaimsFile => Path.Combine(Root, "data", "claims.json");

    public string GlossaryFile => Path.Combine(Root, "data", "glossary.json");

    public string ErrataFile => Path.Combine(Root, "data", "errata.json");

    public string Pdf => Path.Combine(Root, "artifacts", "pdf");

    /// <summary>The results of the recorded studies, which chapters read.</summary>
    public IReadOnlyList<string> Results => Path.Combine(Root, "data", "results") is var folder && Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The libraries that cells use, each with its documentation.</summary>
    public string Libraries => Path.Combine(Root, "artifacts", "book");

    public string Executed => Path.Combine(Root, "artifacts", "notebooks");

    /// <summary>Where the pages are written.</summary>
    public string Site { get; private init; } = Path.Combine(Path.GetFullPath(root), "artifacts", "site");

    public string LedgerFile => Path.Combine(Root, "artifacts", "ledger.json");

    /// <summary>Looks upwards from the working directory, then from where this program lies.</summary>
    /// <exception cref="BookException">There is no book.</exception>
    public static BookFolder Find()
    {
        var here = Directory.GetCurrentDirectory();
        return Upwards(here) ?? Upwards(AppContext.BaseDirectory)
            ?? throw new BookException($"No book here: neither {here} nor a folder above it has notebooks/ and data/claims.json.");
    }

    /// <summary>The same book with its pages in another folder.</summary>
    public BookFolder WithSite(string folder) => new(Root) { Site = Path.GetFullPath(folder) };

    private static BookFolder? Upwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var book = new BookFolder(folder.FullName);
            if (Directory.Exists(book.Notebooks) && File.Exists(book.ClaimsFile))
            {
                return book;
            }
        }

        return null;
    }
}
