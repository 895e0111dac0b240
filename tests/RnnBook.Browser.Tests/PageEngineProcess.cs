using System.Diagnostics;

namespace RnnBook.Browser.Tests;

/// <summary>The page's engine under Node.</summary>
internal static class PageEngineProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Runs all cells of a notebook.</summary>
    /// <param name="notebook">Its file.</param>
    /// <param name="questions">A file with what an editor asks afterwards; null asks nothing.</param>
    /// <param name="token">Ends the process.</param>
    /// <returns>The notebook with its outputs, or the answers.</returns>
    public static async Task<string> RunAsync(string notebook, string? questions = null, CancellationToken token = default)
    {
        var start = new ProcessStartInfo("node",
        [
            "--no-warnings", Path.Combine(AppContext.BaseDirectory, "run-notebook.mjs"), Path.Combine(PublishedSite.Folder.Site, "assets", "here", "engine.js"),
            PublishedSite.Engine, notebook, .. questions is null ? [] : new[] { questions },
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Patience);
        using var kill = limit.Token.Register(process.Kill);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
