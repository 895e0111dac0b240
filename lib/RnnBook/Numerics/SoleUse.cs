namespace RnnBook;

/// <summary>
/// One thread at a time. Layers compute in memory of their own that the kernels do not look at twice: two threads in it would not only
/// spoil each other's numbers but tear down the process. And while it is taken its owner is not collected, nor is the memory whose addresses
/// the kernels hold.
/// </summary>
/// <param name="owner">Whose memory it is, for the message.</param>
/// <param name="parts">What its owner works with and others may share.</param>
internal sealed class SoleUse(object owner, params SoleUse[] parts)
{
    private int isTaken;

    /// <summary>Takes it, and all its parts, until what is returned is disposed of.</summary>
    /// <exception cref="InvalidOperationException">It is taken already.</exception>
    public Taken Take()
    {
        if (Interlocked.Exchange(ref isTaken, 1) != 0)
        {
            throw new InvalidOperationException($"{owner} computes already, on another thread: each thread needs a model of its own.");
        }

        var count = 0;
        try
        {
            for (; count < parts.Length; count++)
            {
                parts[count].Take();
            }
        }
        catch
        {
            Release(count);
            throw;
        }

        return new Taken(this);
    }

    private void Release() => Release(parts.Length);

    private void Release(int count)
    {
        while (count > 0)
        {
            parts[--count].Release();
        }

        Volatile.Write(ref isTaken, 0);
    }

    /// <summary>The time of a use.</summary>
    public readonly ref struct Taken(SoleUse use)
    {
        /// <summary>Ends it.</summary>
        public void Dispose() => use.Release();
    }
}
