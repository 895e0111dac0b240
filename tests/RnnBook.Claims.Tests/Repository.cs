namespace RnnBook.Tests;

/// <summary>The clone that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder of RnnBook.sln.</summary>
    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RnnBook.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("RnnBook.sln is not above the tests.");
        }

        return folder;
    }
}
