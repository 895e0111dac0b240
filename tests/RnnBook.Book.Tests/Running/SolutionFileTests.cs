using System.Text.RegularExpressions;

namespace RnnBook.Book.Tests;

/// <summary>`dotnet test` names no configuration: whatever the solution's name for it, each project is built for release, which notebooks reference.</summary>
public sealed partial class SolutionFileTests
{
    [Fact]
    public void Every_project_is_built_for_release()
    {
        var solution = File.ReadAllText(Path.Combine(WholeBook.Folder.Root, "RnnBook.sln"));
        var built = Builds().Matches(solution).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(built);
        Assert.All(built, configuration => Assert.Equal("Release", configuration));
        var projects = Directory.EnumerateFiles(WholeBook.Folder.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(file => !file.Contains("artifacts", StringComparison.Ordinal)).Select(Path.GetFileName).ToHashSet();
        // It needs packs that nobody else needs; `book site` publishes it.
        projects.Remove("RnnBook.Browser.csproj");
        Assert.All(projects, project => Assert.Contains(project!, solution, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\}\.\w+\|[\w ]+\.(?:ActiveCfg|Build\.0) = (\w+)\|")]
    private static partial Regex Builds();
}
