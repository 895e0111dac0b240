using System.Runtime.ExceptionServices;

namespace RnnBook;

/// <summary>
/// Runs the two halves of some work at once, one of them on the process's second thread for such work. If that one is busy, the caller
/// does both halves itself, so nothing can wait for ever. Allocates nothing, if the work is a static lambda.
/// </summary>
/// <typeparam name="TOwner">What the work is done on.</typeparam>
internal sealed class WorkerPair<TOwner>(TOwner owner) : HalfWork
{
    private Action<TOwner, Share>? work;

    /// <summary>Calls work for all, or at once for both halves; all has returned when this does.</summary>
    public void Run(bool atOnce, Action<TOwner, Share> work)
    {
        if (!atOnce || !HasSecondThread)
        {
            work(owner, Share.All);
            return;
        }

        this.work = work;
        RunHalves();
    }

    protected override void Do(int half) => work!(owner, new Share(half, 2));
}

/// <summary>Work in two halves, and the thread that takes second halves.</summary>
internal abstract class HalfWork
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Done = 2;

    /// <summary>How often the second thread looks for more work before it sleeps: the next half comes soon or not at all.</summary>
    private const int Looks = 4000;

    private static readonly AutoResetEvent Bell = new(false);
    private static HalfWork? next;
    private static int isAsleep;

    private Exception? failure;
    private int state = Done;

    static HalfWork()
    {
        if (HasSecondThread)
        {
            new Thread(Serve) { IsBackground = true, Name = "RnnBook's second thread" }.Start();
        }
    }

    /// <summary>A page has one thread for all its cells.</summary>
    protected static bool HasSecondThread => !OperatingSystem.IsBrowser();

    /// <summary>Does one half, 0 or 1.</summary>
    protected abstract void Do(int half);

    /// <summary>Does both; both are done when this returns.</summary>
    protected void RunHalves()
    {
        failure = null;
        Volatile.Write(ref state, Waiting);
        Interlocked.Exchange(ref next, this);
        if (Interlocked.Exchange(ref isAsleep, 0) == 1)
        {
            Bell.Set();
        }

        try
        {
            Do(0);
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
            if (Volatile.Read(ref next) is not null && Interlocked.Exchange(ref next, null) is { } work)
            {
                work.DoSecondHalf();
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
            Do(1);
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
