using System.ComponentModel;

namespace RnnBook.Interactive.Tests;

/// <summary>A reader's notebook in the book's engine where there is no network at all.</summary>
public sealed class OfflineTests
{
    // A network of its own that has nothing in it; also for a user who is not root.
    private static readonly string[] WithoutNetwork = ["unshare", "--map-root-user", "--net"];

    [SkippableFact]
    public async Task A_figure_and_a_chart_are_shown_without_a_network()
    {
        Skip.IfNot(await CanCutOffAsync(), "Linux's unshare, which takes the network away, is missing or not allowed here.");
        var folder = Directory.CreateTempSubdirectory("rnnbook-offline-");
        var notebook = new NotebookElsewhere(folder.FullName,
        [
            $"#r \"{Repository.Library}\"",
            "new RnnBook.Figures.Figure(\"T\").Line(new[] { 1.0, 2, 3 })",
            "using Plotly.NET.CSharp;\nChart.Line<double, double, string>(new[] { 1.0, 2, 3 }, new[] { 4.0, 5, 6 })",
        ]);

        NotebookElsewhere.ShowsTwoFigures(await notebook.RunInOwnEngineAsync(null, WithoutNetwork));

        folder.Delete(recursive: true);
    }

    private static async Task<bool> CanCutOffAsync()
    {
        try
        {
            return (await Repository.RunAsync(WithoutNetwork[0], [.. WithoutNetwork[1..], "true"])).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
