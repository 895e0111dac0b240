namespace RnnBook.Notebook;

/// <summary>
/// Runs what follows an <c>await</c> in a cell on pool threads as usual (so that blocking on a task cannot lock up), but where an interrupt
/// can stop it.
/// </summary>
internal sealed class CellSynchronizationContext(CellControl control) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) =>
        ThreadPool.UnsafeQueueUserWorkItem(_ => RunStoppably(d, state), null);

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    private void RunStoppably(SendOrPostCallback callback, object? state)
    {
        if (CellControl.IsThreadSpent)
        {
            new Thread(() => Run(callback, state)) { IsBackground = true }.Start();
        }
        else
        {
            Run(callback, state);
        }
    }

    private void Run(SendOrPostCallback callback, object? state)
    {
        try
        {
            control.Run(() =>
            {
                SetSynchronizationContext(this);
                callback(state);
            });
        }
        catch (OperationCanceledException) when (control.IsInterrupted)
        {
            // The cell's task has it, too.
        }
        catch (Exception exception)
        {
            // Thrown by an async void method: without a task there is nobody else to tell.
            Console.Error.WriteLine($"Unhandled exception in an async void method: {exception}");
        }
        finally
        {
            SetSynchronizationContext(null);
        }
    }
}
