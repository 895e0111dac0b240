namespace RnnBook.Cli;

/// <summary>The chapters of a book in reading order.</summary>
internal static class ChapterList
{
    /// <summary>All chapters, sorted by name.</summary>
    /// <exception cref="BookException">The folder has no notebook.</exception>
    public static IReadOnlyList<Chapter> Of(BookFolder book)
    {
        var chapters = Directory.EnumerateFiles(book.Notebooks, "*.ipynb")
            .Order(StringComparer.Ordinal).Select(file => new Chapter(file)).ToList();
        return chapters.Count > 0 ? chapters : throw new BookException($"There are no notebooks in {book.Notebooks}.");
    }

    /// <summary>The chapters that are asked for, in reading order; all when none is named.</summary>
    /// <exception cref="BookException">A name fits no chapter.</exception>
    public static IReadOnlyList<Chapter> Choose(IReadOnlyList<Chapter> all, IReadOnlyCollection<string> names)
    {
        foreach (var name in names)
        {
            if (!all.Any(chapter => chapter.IsCalled(name)))
            {
                throw new BookException($"No chapter '{name}'. There are: {string.Join(", ", all)}");
            }
        }

        return names.Count == 0 ? all : [.. all.Where(chapter => names.Any(chapter.IsCalled))];
    }
}
