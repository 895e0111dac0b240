namespace RnnBook.Interactive.Tests;

/// <summary>The libraries as packages, from a folder that stands for a source, in a notebook that lies in no clone of the book.</summary>
[Collection(JupyterTests.Name)]
public sealed class PackageTests(JupyterWithKernel jupyter)
{
    private static readonly string[] Cells =
    [
        "#r \"nuget: RnnBook.Interactive\"",
        "using Plotly.NET.CSharp;\nChart.Line<double, double, string>(new[] { 1.0, 2, 3 }, new[] { 4.0, 5, 6 })",
        "new RnnBook.Figures.Figure(\"T\").Line(new[] { 1.0, 2, 3 })",
    ];

    /// <summary>
    /// Both find the packages there and what they depend on among those that this machine has restored: no network is needed.
    /// </summary>
    private static readonly string Sources = $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="book" value="FEED" />
            <add key="restored" value="{Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")}" />
          </packageSources>
        </configuration>
        """;

    private readonly string folder = Directory.CreateDirectory(Path.Combine(jupyter.Folder, "elsewhere")).FullName;

    [SkippableFact]
    public async Task One_line_brings_figures_and_charts_to_a_notebook_of_ones_own()
    {
        jupyter.Need();
        var notebook = await WriteAsync();

        var packages = Path.Combine(folder, "packages");
        NotebookElsewhere.ShowsTwoFigures(
            await jupyter.RunAsync(notebook.Path, new Dictionary<string, string> { ["NUGET_PACKAGES"] = packages }));
        NotebookElsewhere.ShowsTwoFigures(await notebook.RunInOwnEngineAsync(new Dictionary<string, string>
        {
            ["HOME"] = Path.Combine(folder, "home"),
            ["NUGET_PACKAGES"] = packages,
            ["XDG_DATA_HOME"] = Path.Combine(folder, "home", "data"),
        }));
    }

    /// <summary>
    /// A notebook of three cells, a source with the packages, and the kernel as a tool: what somebody has who has no clone.
    /// </summary>
    private async Task<NotebookElsewhere> WriteAsync()
    {
        var feed = Path.Combine(folder, "feed");
        var packed = await Repository.RunAsync(
            "dotnet", ["pack", "RnnBook.sln", "-c", "Release", "--no-build", "-o", feed, "-v", "quiet", "--nologo"]);
        Assert.True(packed.ExitCode == 0, packed.ToString());
        var packages = Directory.EnumerateFiles(feed, "*.nupkg").Select(file => Path.GetFileNameWithoutExtension(file)).ToList();
        Assert.Contains("RnnBook.Interactive.1.0.0", packages);
        Assert.All(packages, package => Assert.True(File.Exists(Path.Combine(feed, package + ".snupkg")), $"{package} has no symbols."));

        var notebook = new NotebookElsewhere(folder, Cells);
        notebook.Write("nuget.config", Sources.Replace("FEED", feed, StringComparison.Ordinal));
        notebook.Write("home/.nuget/NuGet/NuGet.Config", Sources.Replace("FEED", feed, StringComparison.Ordinal));
        notebook.Write(".config/dotnet-tools.json", File.ReadAllText(Path.Combine(Repository.Root, ".config", "dotnet-tools.json")));
        return notebook;
    }
}
