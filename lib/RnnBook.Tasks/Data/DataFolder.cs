namespace RnnBook;

/// <summary>Where data lies that the book can use but does not ship: what RNNBOOK_DATA names, else the book's own data/.</summary>
public static class DataFolder
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string Variable = "RNNBOOK_DATA";

    /// <summary>The folder, whether it exists or not; null if nothing names it and there is no book above the working directory.</summary>
    public static string? Current =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? Path.GetFullPath(named)
            : BookRoot is { } root ? Path.Combine(root, "data") : null;

    /// <summary>The folder of the book itself; null if it is neither above the working directory nor above the program.</summary>
    internal static string? BookRoot => Above(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory);

    private static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "data", "claims.json")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
