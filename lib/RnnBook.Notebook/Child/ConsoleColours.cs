namespace RnnBook.Notebook;

/// <summary>
/// Console.ForegroundColor and BackgroundColor as the escape sequences that notebooks understand. The runtime remembers the colours, but
/// shows them only on a terminal.
/// </summary>
internal sealed class ConsoleColours
{
    // .NET counts dark blue, dark green, dark cyan, dark red; terminals count red, green, yellow, blue.
    private static readonly int[] Order = [0, 4, 2, 6, 1, 5, 3, 7];

    private (ConsoleColor Text, ConsoleColor Ground) shown = (Unset, Unset);

    /// <summary>What the runtime says where nobody has chosen a colour.</summary>
    private static ConsoleColor Unset => (ConsoleColor)(-1);

    /// <summary>What must be written before the next text; empty when the colours are those of the last one.</summary>
    public string Change()
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsBrowser())
        {
            return "";
        }

        var wanted = (Console.ForegroundColor, Console.BackgroundColor);
        if (wanted == shown)
        {
            return "";
        }

        shown = wanted;
        return $"\u001b[{Code(wanted.ForegroundColor, 30)};{Code(wanted.BackgroundColor, 40)}m";
    }

    private static int Code(ConsoleColor colour, int first) => colour == Unset ? first + 9
        : Order[(int)colour & 7] + first + (((int)colour & 8) == 0 ? 0 : 60);
}
