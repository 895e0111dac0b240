using System.Diagnostics;
using RnnBook.Notebook;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RnnBook.Cli;

/// <summary>A list of the chapters on a terminal that changes in place: what is done, which cell runs, what it last said.</summary>
internal sealed class LiveRunDisplay(IAnsiConsole console) : IRunDisplay
{
    private static readonly string[] Spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
    private readonly Lock guard = new();
    private readonly Dictionary<Chapter, ChapterRun> ended = [];
    private readonly Stopwatch clock = new();
    private IReadOnlyList<Chapter> chapters = [];
    private Chapter? current;
    private RunProgress? progress;
    private string said = "";

    public async Task WhileAsync(IReadOnlyList<Chapter> chapters, Func<Task> work)
    {
        this.chapters = chapters;
        await console.Live(Render()).AutoClear(false).StartAsync(async context =>
        {
            var running = work();
            while (!running.IsCompleted)
            {
                context.UpdateTarget(Render());
                await Task.WhenAny(running, Task.Delay(100));
            }

            context.UpdateTarget(Render());
            await running;
        });
    }

    public void Started(Chapter chapter)
    {
        lock (guard)
        {
            (current, progress, said) = (chapter, null, "");
            clock.Restart();
        }
    }

    public void Progressed(Chapter chapter, RunProgress progress)
    {
        lock (guard)
        {
            this.progress = progress;
            if (progress.Event is StreamEvent stream && LastLine(stream.Text) is { Length: > 0 } line)
            {
                said = line;
            }
        }
    }

    public void Ended(ChapterRun run)
    {
        lock (guard)
        {
            ended[run.Chapter] = run;
            current = null;
        }
    }

    private Grid Render()
    {
        lock (guard)
        {
            var grid = new Grid { Expand = true };
            grid.AddColumn(new GridColumn { Width = 1, Padding = new Padding(1, 0, 1, 0) });
            grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
            grid.AddColumn(new GridColumn { NoWrap = true, Alignment = Justify.Right, Padding = new Padding(0, 0, 2, 0) });
            grid.AddColumn(new GridColumn { NoWrap = true, Alignment = Justify.Right, Padding = new Padding(0, 0, 2, 0) });
            grid.AddColumn(new GridColumn());
            foreach (var chapter in chapters)
            {
                grid.AddRow(Line(chapter));
            }

            return grid;
        }
    }

    private IRenderable[] Line(Chapter chapter)
    {
        if (ended.TryGetValue(chapter, out var run))
        {
            return run.Failure is { } failure
                ? Cells("[red]✗[/]", $"[red]{chapter}[/]", run.CellCount, Seconds(run.Elapsed), $"[red]{failure.EscapeMarkup()}[/]")
                : Cells("[green]✓[/]", $"{chapter}", run.CellCount, Seconds(run.Elapsed), "");
        }

        if (chapter != current)
        {
            return Cells("", $"[grey]{chapter}[/]", "", "", "");
        }

        var spin = Spinner[(int)(clock.ElapsedMilliseconds / 100) % Spinner.Length];
        var cell = progress is null ? "starting" : $"cell {progress.CodeCellNumber}/{progress.CodeCellCount}";
        var room = Math.Max(0, console.Profile.Width - 62);
        var words = said.Length > room ? said[..room] : said;
        return Cells($"[blue]{spin}[/]", $"[bold]{chapter}[/]", cell, Seconds(clock.Elapsed), $"[grey]{words.EscapeMarkup()}[/]");
    }

    private static IRenderable[] Cells(params string[] markup) => [.. markup.Select(text => new Markup(text))];

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.0} s";

    private static string LastLine(string text) =>
        TerminalText.Plain(text).Split('\n', '\r').LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "";
}
