using System.Diagnostics;
using RnnBook.Notebook;
using Spectre.Console;

namespace RnnBook.Cli;

/// <summary>One line when a chapter starts and ends, and one every ten seconds in between: for logs and pipes.</summary>
internal sealed class PlainRunDisplay(IAnsiConsole console) : IRunDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Stopwatch chapterClock = new();
    private TimeSpan lastLine;

    public Task WhileAsync(IReadOnlyList<Chapter> chapters, Func<Task> work) => work();

    public void Started(Chapter chapter)
    {
        Write($"{chapter.Name} …");
        chapterClock.Restart();
        lastLine = TimeSpan.Zero;
    }

    public void Progressed(Chapter chapter, RunProgress progress)
    {
        if (chapterClock.Elapsed - lastLine < Interval)
        {
            return;
        }

        lastLine = chapterClock.Elapsed;
        Write($"{chapter.Name}: cell {progress.CodeCellNumber} of {progress.CodeCellCount}, {chapterClock.Elapsed.TotalSeconds:0} s");
    }

    public void Ended(ChapterRun run) => Write(run.Failure is null
        ? $"{run.Chapter.Name}: {run.CellCount} in {run.Elapsed.TotalSeconds:0.0} s"
        : $"FAILED {run.Failure}");

    private void Write(string line) => console.Say(line);
}
