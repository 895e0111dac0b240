namespace RnnBook.Notebook;

/// <summary>Turns what ended a cell into name, message, line and a trace without the engine's own calls.</summary>
internal static class CellErrors
{
    private const int LongestMessage = 2000;

    /// <summary>Explains an exception that came out of a cell.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="cell">The execution's number.</param>
    /// <param name="code">The cell's source.</param>
    public static CellError Explain(Exception exception, int cell, string code)
    {
        if (exception is CellCompileException compile)
        {
            return new CellError("CompileError", compile.Message, compile.Line, compile.Details);
        }

        var line = CellTrace.LineIn(cell, exception) ?? CellSource.FirstLine(code);
        var message = exception.Message;
        if (exception is IndexOutOfRangeException && IndexingLines(exception, cell, code) is [var first, .. var others])
        {
            line = first;
            message += others.Length == 0 ? "" : $" (In optimised code the runtime does not know which of the lines {first}, {string.Join(", ", others)}.)";
        }

        return new CellError(exception.GetType().FullName!, Cut(message), line, CellTrace.Describe(exception));
    }

    /// <summary>A message as long as a reader wants it.</summary>
    public static string Cut(string message) => message.Length <= LongestMessage ? message
        : $"{message[..LongestMessage]}… ({message.Length - LongestMessage:N0} more letters: catch the exception and write its Message to see all)";

    /// <summary>
    /// Optimised code checks all the array indices of a method in one place, so that the runtime names a wrong line or none: the lines in
    /// question are those of the method that read or write an element.
    /// </summary>
    private static int[] IndexingLines(Exception exception, int cell, string code)
    {
        var innermost = CellTrace.Innermost(TraceText.Of(exception));
        return innermost.InCell && innermost.Line == CellTrace.LineIn(cell, exception) ? CellSource.IndexingLines(code, innermost.Line) : [];
    }

    /// <summary>The cell was stopped from outside.</summary>
    /// <param name="trace">Where its thread was; null when none ran.</param>
    /// <param name="cell">The execution's number.</param>
    /// <param name="code">The cell's source.</param>
    public static CellError Interrupted(string? trace, int cell, string code)
    {
        var line = CellTrace.LineIn(cell, trace);
        var innermost = CellTrace.Innermost(trace);
        return new CellError(
            nameof(CellStatus.Interrupted),
            "The cell was stopped.",
            innermost.InCell && innermost.Line == line ? CellSource.LoopFrom(code, line ?? 1) : line ?? CellSource.WaitingLine(code),
            CellTrace.Describe(trace));
    }

    /// <summary>An exception that nobody caught, on a thread that the cell has started: the process ends.</summary>
    public static CellError Unhandled(Exception exception, int cell) => new(
        exception.GetType().FullName!,
        $"{Cut(exception.Message)} (not caught on another thread, which ended the engine's process)",
        CellTrace.LineIn(cell, exception) ?? 1,
        CellTrace.Describe(exception));

    /// <summary>The cell has ended the process in an orderly way.</summary>
    /// <param name="exitCode">The code.</param>
    /// <param name="code">The cell's source: the runtime tells of its end on another thread, so that the call itself cannot be seen.</param>
    public static CellError Exited(int exitCode, string code) => new(
        "Exited",
        $"The cell ended the engine's process: Environment.Exit({exitCode}).",
        CellSource.LineOfMethod(code, nameof(Environment.Exit)) ?? CellSource.FirstLine(code),
        []);
}
