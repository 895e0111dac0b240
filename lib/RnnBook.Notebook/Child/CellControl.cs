using System.Runtime;

namespace RnnBook.Notebook;

/// <summary>Stops one execution's threads wherever they are, so that the state of earlier cells survives an endless loop.</summary>
#pragma warning disable CA1001 // Work that the cell leaves in the background may use it for ever.
internal sealed class CellControl
#pragma warning restore CA1001
{
    private static readonly TimeSpan AbortTime = TimeSpan.FromSeconds(0.3);

    private readonly CancellationTokenSource abort = new();
    private readonly TaskCompletionSource abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether <see cref="Interrupt"/> was called.</summary>
    public bool IsInterrupted => abort.IsCancellationRequested;

    /// <summary>Completes some time after an interrupt: whoever still waits for the cell's task should give it up.</summary>
    public Task Abandoned => abandoned.Task;

    /// <summary>Runs an action on this thread until it ends or is interrupted.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted; the trace shows where.</exception>
    public void Run(Action action) =>
#pragma warning disable SYSLIB0046 // Aborting a thread may leave its data half-changed: only a cell's own code runs here, and the user asked for it.
        ControlledExecution.Run(action, abort.Token);
#pragma warning restore SYSLIB0046

    /// <summary>Stops everything that runs under this control; returns at once.</summary>
    public void Interrupt()
    {
        // Aborting waits until the thread obeys, which may be never.
        Task.Run(abort.Cancel);
        Task.Delay(AbortTime).ContinueWith(_ => abandoned.TrySetResult(), TaskScheduler.Default);
    }
}
