namespace RnnBook.Book.Tests;

/// <summary>Chapter 09 in a book of its own, so that serving it does not meddle with the run that other tests look at.</summary>
internal sealed class CopiedBook : IDisposable
{
    public CopiedBook()
    {
        foreach (var (from, to) in new[] { (WholeBook.Folder.Notebooks, "notebooks"), (Path.GetDirectoryName(WholeBook.Folder.ClaimsFile)!, "data"),
                     (Path.Combine(WholeBook.Folder.Root, "data", "results"), "data/results") })
        {
            var target = Directory.CreateDirectory(Path.Combine(Root, to)).FullName;
            foreach (var file in Directory.EnumerateFiles(from).Where(file => Path.GetExtension(file) != ".ipynb" || Path.GetFileName(file).StartsWith("09", StringComparison.Ordinal)))
            {
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
            }
        }

        // Chapters refer to the built libraries.
        Directory.CreateDirectory(Path.Combine(Root, "artifacts"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "artifacts", "book"), Path.Combine(WholeBook.Folder.Root, "artifacts", "book"));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("rnnbook-").FullName;

    public void Dispose()
    {
        Directory.Delete(Path.Combine(Root, "artifacts", "book"));
        Directory.Delete(Root, recursive: true);
    }
}
