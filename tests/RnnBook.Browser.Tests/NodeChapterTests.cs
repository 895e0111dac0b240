using System.Diagnostics;
using RnnBook.Cli;
using RnnBook.Notebook;

namespace RnnBook.Browser.Tests;

/// <summary>Chapters that train little, all their cells, on the page's engine under Node: every cell runs, every verdict is the recorded one.</summary>
[Collection(PublishedSiteTests.Name)]
public sealed class NodeChapterTests(PublishedSite site)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    [SkippableTheory]
    [InlineData("00-start-here", 0)]
    [InlineData("01-a-neuron-and-its-bend", 7)]
    public async Task Every_cell_runs_and_every_verdict_is_the_recorded_one(string chapter, int count)
    {
        site.Require();
        var document = await RunAsync(Path.Combine(PublishedSite.Folder.Notebooks, chapter + ".ipynb"));
        var code = document.Cells.Where(cell => cell.Kind == CellKind.Code && cell.Source.Trim().Length > 0).ToList();
        Assert.All(code, cell => Assert.True(cell.ExecutionCount is not null, $"{cell.Id} did not run"));
        Assert.Empty(code.SelectMany(cell => cell.Outputs).Where(output => CellOutput.TypeOf(output) == "error").Select(output => output!.ToJsonString()));

        var claims = ClaimBook.Load(PublishedSite.Folder.ClaimsFile);
        var verdicts = MeasuredVerdict.In(document);
        Assert.Equal(count, verdicts.Count);
        Assert.All(verdicts.Where(verdict => !claims[verdict.Id].IsTiming), verdict => Assert.Equal(claims[verdict.Id].Recorded?.Word(), verdict.Outcome));
    }

    private static async Task<NotebookDocument> RunAsync(string notebook)
    {
        var start = new ProcessStartInfo("node",
        [
            "--no-warnings", Path.Combine(AppContext.BaseDirectory, "run-notebook.mjs"), Path.Combine(PublishedSite.Folder.Site, "assets", "here", "engine.js"),
            PublishedSite.Engine, notebook,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, await errors);
        return NotebookDocument.Parse(output);
    }
}
