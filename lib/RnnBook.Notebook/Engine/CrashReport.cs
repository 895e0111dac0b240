using System.Text.RegularExpressions;

namespace RnnBook.Notebook;

/// <summary>Explains the end of a child process from what the runtime wrote to standard error and from the exit code.</summary>
internal static partial class CrashReport
{
    public static CellError Explain(int exitCode, string crashText, string code)
    {
        var frames = Frames().Matches(crashText);
        var trace = frames.Select(frame => frame.Value.Trim()).Distinct().Take(20).ToArray();
        var line = frames.Select(frame => LineOf(frame, code)).FirstOrDefault(found => found is not null) ?? CellSource.FirstLine(code);
        if (crashText.StartsWith("Stack overflow.", StringComparison.Ordinal))
        {
            return new CellError("StackOverflow", "The stack overflowed: calls are nested too deeply.", line, trace);
        }

        if (crashText.Length > 0)
        {
            var firstLines = crashText.Split('\n').TakeWhile(text => !text.StartsWith("   at ", StringComparison.Ordinal));
            return new CellError("Died", $"The engine's process crashed: {string.Join(' ', firstLines).Trim()}", line, trace);
        }

        var how = !OperatingSystem.IsWindows() && exitCode > 128
            ? $"was ended by signal {exitCode - 128}"
            : $"ended with exit code {exitCode}";
        return new CellError("Died", $"The engine's process {how}.", line, []);
    }

    private static int? LineOf(Match frame, string code) => frame.Groups["line"] is { Success: true, Value: var line }
        ? int.Parse(line)
        : CellSource.LineOfMethod(code, frame.Groups["method"].Value);

    // A frame of a cell: "at Submission#2+Tree.Grow(Int32)", maybe with " in [2]:line 7" behind it.
    [GeneratedRegex(@"^ +at Submission#\d+\S*?\.(<+)?(?<method>\.?\w+)[^\n]*?(?: in \[\d+\]:line (?<line>\d+))?\r?$", RegexOptions.Multiline)]
    private static partial Regex Frames();
}
