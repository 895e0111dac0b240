namespace RnnBook.Book.Tests;

/// <summary>The book in a folder of its own, so that running it with another seed does not touch the run that other tests look at.</summary>
internal sealed class SeededBook : IDisposable
{
    private static readonly string[] Folders = ["notebooks", "data", "tests", "artifacts/book"];

    public SeededBook()
    {
        Directory.CreateDirectory(Path.Combine(Root, "artifacts"));
        foreach (var folder in Folders)
        {
            Directory.CreateSymbolicLink(Path.Combine(Root, folder), Path.Combine(WholeBook.Folder.Root, folder));
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("rnnbook-seed-").FullName;

    public void Dispose()
    {
        // The links first: nothing of the book itself may go.
        foreach (var folder in Folders)
        {
            Directory.Delete(Path.Combine(Root, folder));
        }

        Directory.Delete(Root, recursive: true);
    }
}
