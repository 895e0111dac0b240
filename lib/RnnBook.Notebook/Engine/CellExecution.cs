using System.Diagnostics;

namespace RnnBook.Notebook;

/// <summary>What is known about one execution while it runs.</summary>
internal sealed class CellExecution(int number, string code, Action<EngineEvent>? onEvent)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly TaskCompletionSource<DoneEvent> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CellError? error;

    public int Number => number;

    /// <summary>Completes when the cell's code begins to run; never when it does not compile.</summary>
    public Task Started => started.Task;

    /// <summary>Completes with the child's last word on the execution; never when the child dies.</summary>
    public Task Done => done.Task;

    /// <summary>Why the host stops the cell, if it does.</summary>
    public CellStatus? StopReason { get; set; }

    /// <summary>The time limit that was passed.</summary>
    public TimeSpan? Limit { get; set; }

    public void Hear(EngineEvent message)
    {
        switch (message)
        {
            case StartedEvent when message.Cell == number:
                started.TrySetResult();
                break;
            case ErrorEvent { Error: var reported } when message.Cell == number:
                error = reported;
                break;
            case ExitEvent { Error: var reported }:
                error = reported;
                break;
            case DoneEvent end when message.Cell == number:
                done.TrySetResult(end);
                return;
        }

        onEvent?.Invoke(message);
    }

    /// <summary>The outcome, once the execution is done or the process has ended.</summary>
    public CellResult Result(EngineProcess process)
    {
        var ended = done.Task.IsCompletedSuccessfully ? done.Task.Result.Status : CellStatus.Died;
        var status = ended is CellStatus.Interrupted or CellStatus.Died ? StopReason ?? ended : ended;
        if (status == CellStatus.Died)
        {
            error ??= CrashReport.Explain(process.ExitCode, process.CrashText, code);
        }
        else if (status is CellStatus.TimedOut or CellStatus.Interrupted)
        {
            error = Stopped(status);
        }

        return new CellResult(status, number, status == CellStatus.Ok ? null : error, watch.Elapsed);
    }

    /// <summary>The outcome when there is no process.</summary>
    public CellResult NotStarted() => new(
        CellStatus.Died,
        number,
        new CellError("Died", "The engine's process is not running: restart it.", CellSource.FirstLine(code), []),
        watch.Elapsed);

    private CellError Stopped(CellStatus status)
    {
        var message = status == CellStatus.Interrupted ? "The cell was stopped."
            : Limit is { } limit ? $"The cell ran longer than its limit of {limit.TotalSeconds:0.###} s."
            : "The cell ran longer than its limit.";
        return error is null
            ? new CellError(status.ToString(), message + " It did not obey, so its process was ended.", CellSource.WaitingLine(code), [])
            : error with { Name = status.ToString(), Message = message };
    }
}
