using System.Runtime.ExceptionServices;

namespace RnnBook;

/// <summary>
/// Runs the two halves of some work at once, one of them on the process's second thread for such work. If that one is busy, the caller
/// does both halves itself, so nothing can wait for ever. Allocates nothing.
/// </summary>
internal sealed class TwoThreads
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Done = 2;

    /// <summary>How often the second thread looks for more work before it sleeps: the next half comes soon or not at all.</summary>
    private const int Looks = 4000;

    private static readonly AutoResetEvent Bell = new(false);
    private static TwoThreads? next;
    private static int isAsleep;

    private Action<int>? work;
    private Exception? failure;
    private int state = Done;

    static TwoThreads() => new Thread(Serve) { IsBackground = true, Name = "RnnBook's second thread" }.Start();

    /// <summary>Calls work(0) and work(1); both have returned when this does.</summary>
    public void Run(Action<int> work)
    {
        this.work = work;
        failure = null;
        Volatile.Write(ref state, Waiting);
        Interlocked.Exchange(ref next, this);
        if (Interlocked.Exchange(ref isAsleep, 0) == 1)
        {
            Bell.Set();
        }

        try
        {
            work(0);
        }
        finally
        {
            // The half that nobody took yet is done here; the second thread will find nothing left of it.
            DoSecondHalf();
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

    private static void Serve()
    {
        for (var looks = 0; ; looks++)
        {
            if (Volatile.Read(ref next) is not null && Interlocked.Exchange(ref next, null) is { } pair)
            {
                pair.DoSecondHalf();
                looks = 0;
            }
            else if (looks < Looks)
            {
                Thread.SpinWait(1);
            }
            else
            {
                // Who brings work after this line rings; who brought it before is seen by the last look.
                Interlocked.Exchange(ref isAsleep, 1);
                if (Volatile.Read(ref next) is null)
                {
                    Bell.WaitOne();
                }

                looks = 0;
            }
        }
    }

    private void DoSecondHalf()
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
