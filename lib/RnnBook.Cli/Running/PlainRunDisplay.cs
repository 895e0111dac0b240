using System.Diagnostics;
using RnnBook.Notebook;
using Spectre.Console;

namespace RnnBook.Cli;

/// <summary>One line when a chapter starts and ends, and one every ten seconds in between: for logs and pipes.</summary>
internal sealed class PlainRunDisplay(IAnsiConsole console) : IRunDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Stopwatch chapterClock = new();
    private volatile RunProgress? latest;
    private volatile Chapter? current;

    public async Task WhileAsync(IReadOnlyList<Chapter> chapters, Func<Task> work)
    {
        var running = work();
        while (await Task.WhenAny(running, Task.Delay(Interval)) != running)
        {
            if (current is { } chapter && latest is { } progress)
            {
                console.Say($"{chapter}: cell {progress.CodeCellNumber} of {progress.CodeCellCount}, {chapterClock.Elapsed.TotalSeconds:0} s");
            }
        }

        await running;
    }

    public void Started(Chapter chapter)
    {
        console.Say($"{chapter} …");
        chapterClock.Restart();
        (current, latest) = (chapter, null);
    }

    public void Progressed(Chapter chapter, RunProgress progress) => latest = progress;

    public void Ended(ChapterRun run)
    {
        current = null;
        console.Say(run.Failure is null ? $"{run.Chapter}: {run.CellCount} in {run.Elapsed.TotalSeconds:0.0} s" : $"FAILED {run.Failure}");
    }
}
