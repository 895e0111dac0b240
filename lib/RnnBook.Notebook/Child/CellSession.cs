using System.Diagnostics;

namespace RnnBook.Notebook;

/// <summary>Runs cells one after the other, each on the state that the ones before it have left.</summary>
internal sealed class CellSession
{
    private readonly CellOutputs outputs;
    private readonly CellCompiler compiler = new();
    private readonly TextWriter console, errors;

    // The compiler's convention: a submission reads the ones before it from this list and puts itself into it.
    private object?[] submissions = new object?[16];
    private volatile CellControl? control;
    private volatile int interruptedCell;

    public CellSession(OutputQueue queue)
    {
        outputs = new CellOutputs(queue);
        console = TextWriter.Synchronized(new CellTextWriter(queue, "stdout", () => outputs.CurrentCell));
        errors = TextWriter.Synchronized(new CellTextWriter(queue, "stderr", () => outputs.CurrentCell));
        CellHost.Attach(outputs);
        UseConsole();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => ReportEnd(
            CellErrors.Exited(Environment.ExitCode, new StackTrace(true).ToString(), outputs.CurrentCell));
        AppDomain.CurrentDomain.UnhandledException += (_, arguments) => ReportEnd(
            CellErrors.Unhandled((Exception)arguments.ExceptionObject, outputs.CurrentCell));
    }

    /// <summary>Stops an execution; a later one is stopped as soon as it starts.</summary>
    public void Interrupt(int cell)
    {
        interruptedCell = cell;
        if (outputs.CurrentCell == cell)
        {
            control?.Interrupt();
        }
    }

    public void Execute(int cell, string code)
    {
        var watch = Stopwatch.StartNew();
        UseConsole();
        outputs.CurrentCell = cell;
        var current = new CellControl();
        control = current;
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
            status = current.IsInterrupted && exception is OperationCanceledException or ThreadAbortException
                ? CellStatus.Interrupted
                : CellStatus.Error;
            outputs.Queue.Add(new ErrorEvent(cell, CellErrors.Explain(exception, cell, code)));
        }

        control = null;
        outputs.Queue.Add(new DoneEvent(cell, status, watch.Elapsed.TotalSeconds));
    }

    private void Run(int cell, string code, CellControl current)
    {
        var submission = compiler.Compile(code, cell);
        if (submission.Slot >= submissions.Length)
        {
            Array.Resize(ref submissions, submissions.Length * 2);
        }

        Task<object?>? task = null;
        current.Run(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new CellSynchronizationContext(current));
            try
            {
                task = submission.Start(submissions);
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(null);
            }
        });
        if (Task.WaitAny(task!, current.Abandoned) == 1)
        {
            throw new OperationCanceledException();
        }

        var value = task!.GetAwaiter().GetResult();
        if (value is not DisplayedValue && (submission.HasResult || value is not null))
        {
            current.Run(() => outputs.Show(value, [], isResult: true));
        }
    }

    private void UseConsole()
    {
        Console.SetOut(console);
        Console.SetError(errors);
    }

    private void ReportEnd(CellError error)
    {
        outputs.Queue.Add(new ExitEvent(outputs.CurrentCell, error));
        outputs.Queue.Flush();
    }
}
