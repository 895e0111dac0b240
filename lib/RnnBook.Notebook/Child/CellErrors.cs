namespace RnnBook.Notebook;

/// <summary>Turns what ended a cell into name, message, line and a trace without the engine's own calls.</summary>
internal static class CellErrors
{
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

        var stopped = exception is OperationCanceledException or ThreadAbortException;
        var line = CellTrace.LineIn(cell, exception)
            ?? (stopped ? CellSource.WaitingLine(code) : CellSource.FirstLine(code));
        return new CellError(exception.GetType().FullName!, exception.Message, line, CellTrace.Describe(exception));
    }

    /// <summary>An exception that nobody caught, on a thread that the cell has started: the process ends.</summary>
    public static CellError Unhandled(Exception exception, int cell) => new(
        exception.GetType().FullName!,
        $"{exception.Message} (not caught on another thread, which ended the engine's process)",
        CellTrace.LineIn(cell, exception) ?? 1,
        CellTrace.Describe(exception));

    /// <summary>The cell has ended the process in an orderly way.</summary>
    /// <param name="exitCode">The code.</param>
    /// <param name="trace">The stack that asked for it.</param>
    /// <param name="cell">The execution's number.</param>
    public static CellError Exited(int exitCode, string trace, int cell) => new(
        "Exited",
        $"The cell ended the engine's process: Environment.Exit({exitCode}).",
        CellTrace.LineIn(cell, trace) ?? 1,
        CellTrace.Describe(trace));
}
