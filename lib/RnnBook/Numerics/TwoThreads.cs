using System.Runtime.ExceptionServices;

namespace RnnBook;

/// <summary>
/// Runs the two halves of some work at once, one of them on a thread of the pool. If the pool has none to spare, the caller does
/// both halves itself, so nothing can wait for ever. Allocates nothing (the pool's own queue may grow now and then).
/// </summary>
internal sealed class TwoThreads : IThreadPoolWorkItem
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Done = 2;

    private Action<int>? work;
    private Exception? failure;
    private int state = Done;

    /// <summary>Calls work(0) and work(1); both have returned when this does.</summary>
    public void Run(Action<int> work)
    {
        this.work = work;
        failure = null;
        Volatile.Write(ref state, Waiting);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        try
        {
            work(0);
        }
        finally
        {
            // The half that nobody took yet is done here; the pool will find nothing left of it.
            Execute();
            var wait = default(SpinWait);
            while (Volatile.Read(ref state) != Done)
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <inheritdoc/>
    public void Execute()
    {
        if (Interlocked.CompareExchange(ref state, Taken, Waiting) != Waiting)
        {
            return;
        }

        try
        {
            work!(1);
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        finally
        {
            Volatile.Write(ref state, Done);
        }
    }
}
