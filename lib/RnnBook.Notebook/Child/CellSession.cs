using System.Diagnostics;

namespace RnnBook.Notebook;

/// <summary>Runs cells one after the other, each on the state that the ones before it have left.</summary>
#pragma warning disable CA1001 // It lives as long as the process.
internal sealed class CellSession
#pragma warning restore CA1001
{
    /// <summary>What no text has: this process writes it behind what a cell and its child processes have written, to know when that has been read.</summary>
    private const char EndOfCell = '\0';

    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(2);

    private readonly CellOutputs outputs;
    private readonly CellCompiler compiler = new();
    private readonly Stream writing;
    private readonly SemaphoreSlim endsRead = new(0);
    private readonly CellInput input;

    private readonly CellStates states;
    private volatile int interruptedCell;
    private volatile string currentCode = "";

    /// <param name="queue">Where events go.</param>
    /// <param name="input">What readers answer.</param>
    /// <param name="writing">Leads to standard output, where native code writes.</param>
    public CellSession(OutputQueue queue, CellInput input, Stream writing)
    {
        states = new CellStates(compiler);
        this.writing = writing;
        this.input = input;
        outputs = new CellOutputs(queue);
        CellHost.Attach(outputs);
        UseConsole();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => ReportEnd(
            CellErrors.Exited(Environment.ExitCode, currentCode));
        AppDomain.CurrentDomain.UnhandledException += (_, arguments) => ReportEnd(
            CellErrors.Unhandled((Exception)arguments.ExceptionObject, outputs.CurrentCell));
    }

    /// <summary>What the next cell would be compiled with; may be asked from any thread.</summary>
    public CompilationContext Context => compiler.Context;

    /// <summary>Stops an execution; a later one is stopped as soon as it starts.</summary>
    public void Interrupt(int cell)
    {
        interruptedCell = cell;
        if (outputs.ControlOf(cell) is { } control)
        {
            control.Interrupt();
            input.Stop();
        }
    }

    /// <summary>What the reader typed whom the running cell has asked.</summary>
    public void Answer(string text) => input.Answer(text);

    public void Execute(ExecuteRequest request)
    {
        var watch = Stopwatch.StartNew();
        var (cell, code, canAsk) = request;
        UseConsole();
        input.Start(canAsk ? outputs.Ask : null);
        currentCode = code;
        var current = outputs.StartCell(cell);
        if (interruptedCell == cell)
        {
            current.Interrupt();
        }

        var status = CellStatus.Ok;
        try
        {
            Run(cell, code, current);
        }
        catch (Exception exception)
        {
            status = current.IsInterrupted ? CellStatus.Interrupted : CellStatus.Error;
            outputs.Queue.Add(new ErrorEvent(cell, current.IsInterrupted
                ? CellErrors.Interrupted(current.InterruptTrace ?? exception.StackTrace, cell, code)
                : CellErrors.Explain(exception, cell, code)));
        }

        input.Stop();
        WaitForWritten();
        outputs.Queue.Add(new DoneEvent(cell, status, watch.Elapsed.TotalSeconds));
    }

    /// <summary>Shows what native code and started programs write to standard output; it belongs to the cell that runs or ran last.</summary>
    public void ShowWritten(Stream written)
    {
        using var reader = new StreamReader(written, System.Text.Encoding.UTF8);
        var buffer = new char[4096];
        while (reader.Read(buffer) is > 0 and var count)
        {
            outputs.Queue.WaitForRoom();
            var text = buffer.AsSpan(0, count);
            foreach (var part in text.Split(EndOfCell))
            {
                if (!text[part].IsEmpty)
                {
                    outputs.Queue.AddText(outputs.CurrentCell, "stdout", text[part]);
                }
            }

            if (text.Count(EndOfCell) is > 0 and var ends)
            {
                endsRead.Release(ends);
            }
        }
    }

    /// <summary>Waits until what the cell's child processes have written has been read: it is shown with the cell, not after it.</summary>
    private void WaitForWritten()
    {
        while (endsRead.Wait(0))
        {
        }

        writing.WriteByte((byte)EndOfCell);
        endsRead.Wait(ReadingTime);
    }

    private void Run(int cell, string code, CellControl current)
    {
        var submission = compiler.Compile(code, cell);
        if (submission.Start is not { } start)
        {
            compiler.BuildOn(submission);
            return;
        }

        outputs.Queue.Add(new StartedEvent(cell));
        object? value;
        try
        {
            value = RunOnOwnThread(() => start(states.For(submission)), current);
        }
        finally
        {
            states.Keep(submission);
        }

        if (submission.Shows(value))
        {
            RunOnOwnThread(
                () =>
                {
                    outputs.Show(value, [], isResult: true);
                    return Task.FromResult<object?>(null);
                },
                current);
        }
    }

    /// <summary>Runs on a thread that can be left behind when it waits for ever, and waits for the task that the work returns.</summary>
    private static object? RunOnOwnThread(Func<Task<object?>> work, CellControl current)
    {
        var started = new TaskCompletionSource<Task<object?>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                SynchronizationContext.SetSynchronizationContext(new CellSynchronizationContext(current));
                current.Run(() => started.TrySetResult(work()));
            }
            catch (Exception exception)
            {
                started.TrySetException(exception);
            }
        });
        thread.IsBackground = true;
        thread.Name = "cell";
        thread.Start();

        var finished = started.Task.Unwrap();
        if (Task.WaitAny(finished, current.Abandoned) == 1 && !finished.IsCompleted)
        {
            throw new OperationCanceledException();
        }

        return finished.GetAwaiter().GetResult();
    }

    private void UseConsole()
    {
        Console.SetOut(new CellTextWriter(outputs, "stdout"));
        Console.SetError(new CellTextWriter(outputs, "stderr"));
        Console.SetIn(input);
    }

    private void ReportEnd(CellError error)
    {
        outputs.Queue.Add(new ExitEvent(outputs.CurrentCell, error));
        outputs.Queue.Flush();
    }
}
