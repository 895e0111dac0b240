using Spectre.Console;

namespace RnnBook.Cli;

/// <summary>How a reader sees a study run: a bar with the time left on a terminal, a line now and then in a log.</summary>
/// <param name="study">The study.</param>
/// <param name="quiet">Say nothing on standard output; progress goes to standard error.</param>
internal sealed class StudyDisplay(Study study, bool quiet)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(15);

    public StudyResults Run(StudyRunner runner, CancellationToken token)
    {
        var console = quiet ? Terminal.Error : Terminal.Output;
        return console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi ? WithBar(console, runner, token) : WithLines(console, runner, token);
    }

    private StudyResults WithBar(IAnsiConsole console, StudyRunner runner, CancellationToken token) => console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
        .Start(context =>
        {
            var bar = context.AddTask(study.Name);
            return runner.Run(
                progress =>
                {
                    (bar.MaxValue, bar.Value) = (progress.Total, progress.Done);
                    bar.Description = Markup.Escape($"{study.Name}: {Words(progress)}");
                },
                token);
        });

    private StudyResults WithLines(IAnsiConsole console, StudyRunner runner, CancellationToken token)
    {
        var said = TimeSpan.FromSeconds(-60);
        return runner.Run(
            progress =>
            {
                if (progress.Elapsed - said >= Between || progress.Done == progress.Total)
                {
                    said = progress.Elapsed;
                    console.Say($"{study.Name}: {Words(progress)}; last: {progress.Last}");
                }
            },
            token);
    }

    private static string Words(StudyProgress progress) => $"{progress.Done} of {progress.Total} runs, about {Time(progress.Left)} left";

    private static string Time(TimeSpan time) => time.TotalMinutes < 1 ? $"{time.TotalSeconds:F0} s" : time.TotalHours < 1 ? $"{time.TotalMinutes:F0} min" : $"{time.TotalHours:F1} h";
}
