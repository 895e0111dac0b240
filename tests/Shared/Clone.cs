namespace RnnBook;

/// <summary>The clone that the tests were built in.</summary>
internal static class Clone
{
    /// <summary>The folder of RnnBook.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RnnBook.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} lies in no clone of the book: RnnBook.sln is not above it.");
        }

        return folder;
    }
}
