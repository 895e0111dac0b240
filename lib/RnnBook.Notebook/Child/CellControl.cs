using System.Diagnostics;
using System.Runtime;

namespace RnnBook.Notebook;

/// <summary>Stops one execution's threads wherever they are, so that the state of earlier cells survives an endless loop.</summary>
#pragma warning disable CA1001 // Work that the cell leaves in the background may use it for ever.
internal sealed class CellControl
#pragma warning restore CA1001
{
    private static readonly TimeSpan ObeyTime = TimeSpan.FromSeconds(0.1);

    private readonly TaskCompletionSource abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<Thread, CancellationTokenSource> running = [];
    private readonly HashSet<Thread> woken = [];
    private volatile bool isInterrupted;
    private string? interruptTrace;

    static CellControl() => AppDomain.CurrentDomain.FirstChanceException += (_, thrown) =>
    {
        if (thrown.Exception is ThreadAbortException or ThreadInterruptedException && runningHere is { interruptTrace: null } control)
        {
            control.interruptTrace = new StackTrace(true).ToString();
        }
    };

    [ThreadStatic]
    private static CellControl? runningHere;

    /// <summary>Whether this thread has been interrupted before: the runtime aborts a thread only once.</summary>
    [field: ThreadStatic]
    public static bool IsThreadSpent { get; private set; }

    /// <summary>A thread that holds this lock is not interrupted: what it changes stays whole.</summary>
    public object Shield { get; } = new();

    /// <summary>Whether <see cref="Interrupt"/> was called.</summary>
    public bool IsInterrupted => isInterrupted;

    /// <summary>
    /// Where an interrupt hit its first thread. It is taken down at that moment: optimised code may have no handler for an abort, and
    /// an abort that was caught on its way starts its trace anew.
    /// </summary>
    public string? InterruptTrace => interruptTrace;

    /// <summary>
    /// Completes after an interrupt, once no thread of the execution computes any more: whoever still waits for the cell's task should
    /// give it up. A thread that cannot be stopped delays it for ever; then only the end of the process helps.
    /// </summary>
    public Task Abandoned => abandoned.Task;

    /// <summary>Runs an action on this thread until it ends or is interrupted.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted; the trace shows where. Or it was interrupted before.</exception>
    public void Run(Action action)
    {
        var thread = Thread.CurrentThread;
        var abort = new CancellationTokenSource();
        lock (running)
        {
            ThrowIfInterrupted();
            running.Add(thread, abort);
        }

        runningHere = this;
        try
        {
#pragma warning disable SYSLIB0046 // Aborting a thread may leave its data half-changed: only a cell's own code runs here, and the user asked for it.
            ControlledExecution.Run(action, abort.Token);
#pragma warning restore SYSLIB0046
        }
        finally
        {
            runningHere = null;
            IsThreadSpent |= abort.IsCancellationRequested;
            lock (running)
            {
                running.Remove(thread);
                if (woken.Remove(thread))
                {
                    ForgetWakeUp();
                }
            }
        }
    }

    /// <summary>Ends the calling thread's work if it belongs to an interrupted execution.</summary>
    /// <exception cref="OperationCanceledException">It does.</exception>
    public void ThrowIfInterrupted()
    {
        if (isInterrupted)
        {
            throw new OperationCanceledException();
        }
    }

    /// <summary>Stops everything that runs under this control; returns at once.</summary>
    public void Interrupt()
    {
        isInterrupted = true;

        // The pool's threads may all be busy with the cell's work.
        new Thread(Stop) { IsBackground = true }.Start();
    }

    private void Stop()
    {
        // What follows an await no longer starts: a loop of awaits ends by that alone. To abort it would be to hit the pool's own code,
        // where nobody catches the exception and the process ends.
        Thread.Sleep(ObeyTime);
        Abort();

        // An abort does not reach a thread that sleeps or waits: it must be woken.
        bool busy;
        do
        {
            Thread.Sleep(ObeyTime);
            lock (running)
            {
                busy = running.Keys.Any(thread => !thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin));
                foreach (var thread in running.Keys.Where(woken.Add))
                {
                    thread.Interrupt();
                    busy = true;
                }
            }
        }
        while (busy);

        abandoned.TrySetResult();
    }

    private void Abort()
    {
        CancellationTokenSource[] aborts;
        lock (running)
        {
            aborts = [.. running.Values];
        }

        foreach (var abort in aborts)
        {
            // Aborting waits until the thread obeys, which may be never.
            var aborter = new Thread(() =>
            {
                lock (Shield)
                {
                    abort.Cancel();
                }
            });
            aborter.IsBackground = true;
            aborter.Start();
        }
    }

    /// <summary>A thread that was not waiting would be woken in its next wait, which is none of the cell's.</summary>
    private static void ForgetWakeUp()
    {
        try
        {
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
        }
    }
}
