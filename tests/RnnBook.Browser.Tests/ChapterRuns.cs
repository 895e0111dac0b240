namespace RnnBook.Browser.Tests;

/// <summary>Chapters on the page's engine, which has one thread, as many beside one another as there are cores.</summary>
public sealed class ChapterRuns : IDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly SemaphoreSlim cores = new(Environment.ProcessorCount);
    private Dictionary<string, Task<string>>? runs;

    public void Dispose()
    {
        end.Cancel();
        end.Dispose();
    }

    /// <summary>A chapter with its outputs; the first call starts all that are to be tested.</summary>
    internal Task<string> ExecutedAsync(string chapter)
    {
        runs ??= NodeChapterTests.Chosen.ToDictionary(name => name, RunAsync);
        return runs[chapter];
    }

    private async Task<string> RunAsync(string chapter)
    {
        await cores.WaitAsync(end.Token);
        try
        {
            return await PageEngineProcess.RunAsync(Path.Combine(PublishedSite.Folder.Notebooks, chapter + ".ipynb"), token: end.Token);
        }
        finally
        {
            cores.Release();
        }
    }
}
