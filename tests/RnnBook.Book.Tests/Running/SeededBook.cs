namespace RnnBook.Book.Tests;

/// <summary>The book in a folder of its own, so that running it with another seed does not touch the run that other tests look at.</summary>
internal sealed class SeededBook : IDisposable
{
    public SeededBook()
    {
        foreach (var folder in new[] { "notebooks", "data", "tests", "artifacts/book" })
        {
            var link = Path.Combine(Root, folder);
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            Directory.CreateSymbolicLink(link, Path.Combine(WholeBook.Folder.Root, folder));
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("rnnbook-seed-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
