using System.Text.Json.Serialization;

namespace RnnBook.Notebook;

/// <summary>How an execution ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CellStatus>))]
public enum CellStatus
{
    /// <summary>The cell ran to its end.</summary>
    Ok,

    /// <summary>The cell did not compile or threw.</summary>
    Error,

    /// <summary>The cell was stopped on demand.</summary>
    Interrupted,

    /// <summary>The cell ran longer than its limit and was stopped.</summary>
    TimedOut,

    /// <summary>The child process ended during the cell: a crash, a stack overflow, an exit, a kill.</summary>
    Died,
}

/// <summary>What went wrong in a cell.</summary>
/// <param name="Name">The exception's type name, or <c>CompileError</c>, <c>TimedOut</c>, <c>Interrupted</c>, <c>Exited</c>, <c>StackOverflow</c>, <c>Died</c>.</param>
/// <param name="Message">The message, without the name.</param>
/// <param name="Line">The line in the cell, counted from 1; where it cannot be known, the cell's first line of code.</param>
/// <param name="Trace">The trace's lines, innermost call first, without the engine's own.</param>
public sealed record CellError(string Name, string Message, int Line, IReadOnlyList<string> Trace)
{
    /// <summary>One line: name, message, line.</summary>
    public override string ToString() => $"{Name}: {Message.ReplaceLineEndings(" ")} (line {Line})";
}

/// <summary>The outcome of one execution.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="ExecutionCount">The execution's number.</param>
/// <param name="Error">What went wrong, null when <see cref="CellStatus.Ok"/>.</param>
/// <param name="Elapsed">The time from the request to the end.</param>
public sealed record CellResult(CellStatus Status, int ExecutionCount, CellError? Error, TimeSpan Elapsed);
