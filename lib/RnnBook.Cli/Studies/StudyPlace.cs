namespace RnnBook.Cli;

/// <summary>A study and where its results lie.</summary>
/// <param name="book">The book.</param>
/// <param name="study">The study.</param>
/// <param name="file">A results file of the reader's own; null for the book's.</param>
internal sealed class StudyPlace(BookFolder book, Study study, string? file)
{
    public BookFolder Book => book;

    public Study Study => study;

    /// <summary>The results file.</summary>
    public string File => file ?? Path.Combine(book.Root, "data", "results", study.Name + ".jsonl");

    /// <summary>Where shards write.</summary>
    public string ShardFolder => Path.Combine(book.Root, "artifacts", "studies", study.Name);

    /// <summary>The shards' results files that exist.</summary>
    public IReadOnlyList<string> ShardFiles =>
        Directory.Exists(ShardFolder) ? [.. Directory.EnumerateFiles(ShardFolder, "shard-*.jsonl").Order(StringComparer.Ordinal)] : [];

    /// <summary>The results file of one shard.</summary>
    public string ShardFile(int index, int count) => Path.Combine(ShardFolder, $"shard-{index}-of-{count}.jsonl");

    /// <summary>The recorded runs.</summary>
    /// <exception cref="BookException">The file is damaged.</exception>
    public StudyResults Load() => Load(File);

    /// <summary>The runs in a file; none if there is no file.</summary>
    /// <exception cref="BookException">The file is damaged, or cannot be read.</exception>
    public static StudyResults Load(string file)
    {
        try
        {
            return StudyResults.Load(file);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new BookException(unreadable.Message);
        }
    }
}
