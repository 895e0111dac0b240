namespace RnnBook.Notebook;

/// <summary>Finds the <c>dotnet</c> command that this process runs on, whatever the search path says.</summary>
internal static class DotnetHost
{
    /// <summary>The full path of <c>dotnet</c>, or its bare name when it is not where the runtime suggests.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        if (Environment.ProcessPath is { } current && System.IO.Path.GetFileName(current) == name)
        {
            return current;
        }

        // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>/.
        var runtime = System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var beside = System.IO.Path.GetFullPath(System.IO.Path.Combine(runtime, "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }
}
