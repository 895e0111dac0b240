using RnnBook.Notebook;

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
        Check(await jupyter.RunAsync(notebook, new Dictionary<string, string> { ["NUGET_PACKAGES"] = packages }));

        var ran = await Repository.RunAsync("dotnet", ["exec", OwnRun.Program, "run"], folder, new Dictionary<string, string>
        {
            ["HOME"] = Path.Combine(folder, "home"),
            ["NUGET_PACKAGES"] = packages,
            ["XDG_DATA_HOME"] = Path.Combine(folder, "home", "data"),
        });
        Assert.True(ran.ExitCode == 0, ran.ToString());
        Check(NotebookDocument.Load(Path.Combine(folder, "artifacts", "notebooks", Path.GetFileName(notebook))));
    }

    private static void Check(NotebookDocument executed)
    {
        var errors = executed.Cells.SelectMany(cell => cell.Outputs).Where(output => CellOutput.TypeOf(output) == "error");
        Assert.Empty(errors.Select(output => output!.ToJsonString()));
        Assert.Equal(["figure", "figure"], CellResults.Of(executed).Select(result => result.Kind));
    }

    /// <summary>
    /// A notebook of three cells, a source with the packages, and the kernel as a tool: what somebody has who has no clone.
    /// </summary>
    private async Task<string> WriteAsync()
    {
        var feed = Path.Combine(folder, "feed");
        var packed = await Repository.RunAsync(
            "dotnet", ["pack", "RnnBook.sln", "-c", "Release", "--no-build", "-o", feed, "-v", "quiet", "--nologo"]);
        Assert.True(packed.ExitCode == 0, packed.ToString());
        var packages = Directory.EnumerateFiles(feed, "*.nupkg").Select(file => Path.GetFileNameWithoutExtension(file)).ToList();
        Assert.Contains("RnnBook.Interactive.1.0.0", packages);
        Assert.All(packages, package => Assert.True(File.Exists(Path.Combine(feed, package + ".snupkg")), $"{package} has no symbols."));

        Write("nuget.config", Sources.Replace("FEED", feed, StringComparison.Ordinal));
        Write("home/.nuget/NuGet/NuGet.Config", Sources.Replace("FEED", feed, StringComparison.Ordinal));
        Write(".config/dotnet-tools.json", File.ReadAllText(Path.Combine(Repository.Root, ".config", "dotnet-tools.json")));
        Write("data/claims.json", "[]");
        var notebook = new NotebookDocument();
        foreach (var code in Cells)
        {
            notebook.Cells.Add(new Cell(CellKind.Code, code));
        }

        var path = Path.Combine(folder, "notebooks", "00-mine.ipynb");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        notebook.Save(path);
        return path;
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
