using Spectre.Console;

namespace RnnBook.Cli;

/// <summary>The two consoles, and how to show a run on one of them.</summary>
internal static class Terminal
{
    /// <summary>Wide enough for the ledger where nobody says how wide a line may be.</summary>
    private const int RedirectedWidth = 150;

    public static IAnsiConsole Output { get; } = Open(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error { get; } = Open(Console.Error, Console.IsErrorRedirected);

    public static IRunDisplay DisplayOn(IAnsiConsole console) => console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi
        ? new LiveRunDisplay(console)
        : new PlainRunDisplay(console);

    /// <summary>Writes a line that is broken only where a terminal needs it, so that a log has what belongs together in one line.</summary>
    public static void Say(this IAnsiConsole console, string text, Color? color = null)
    {
        if (console.Profile.Capabilities.Ansi)
        {
            console.WriteLine(text, new Style(color));
        }
        else
        {
            console.Profile.Out.Writer.WriteLine(text);
        }
    }

    private static IAnsiConsole Open(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
