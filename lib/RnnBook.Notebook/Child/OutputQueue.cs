using System.Text;

namespace RnnBook.Notebook;

/// <summary>
/// What the child says, in the order in which it was said by whatever thread. The first text of a burst leaves at once, so that a crash
/// loses nothing that came moments before; the rest of a burst is gathered for a few milliseconds.
/// </summary>
internal sealed class OutputQueue
{
    private const int MaximumWaitingLength = 1 << 17;
    private const int MaximumWaitingEvents = 10_000;
    private static readonly TimeSpan GatheringTime = TimeSpan.FromMilliseconds(25);

    private readonly Lock writing = new();
    private readonly object guard = new();
    private readonly Stream stream;
    private readonly StringBuilder text = new();
    private List<EngineEvent> waiting = [];
    private (string Name, int Cell) textKey;
    private bool urgent;

    public OutputQueue(Stream stream)
    {
        this.stream = stream;
        new Thread(WriteForever) { IsBackground = true, Name = "output" }.Start();
    }

    /// <summary>Adds an event behind everything that was said before.</summary>
    public void Add(EngineEvent message)
    {
        lock (guard)
        {
            EndText();
            waiting.Add(message);
            urgent = true;
            Monitor.PulseAll(guard);
        }
    }

    /// <summary>Waits while the client is far behind, so that memory stays bounded.</summary>
    public void WaitForRoom()
    {
        lock (guard)
        {
            while (text.Length > MaximumWaitingLength || waiting.Count > MaximumWaitingEvents)
            {
                Monitor.Wait(guard);
            }
        }
    }

    /// <summary>Adds console text behind everything that was said before.</summary>
    public void AddText(int cell, string name, ReadOnlySpan<char> added)
    {
        lock (guard)
        {
            if (textKey != (name, cell))
            {
                EndText();
                textKey = (name, cell);
            }

            text.Append(added);
            Monitor.PulseAll(guard);
        }
    }

    /// <summary>Writes everything that waits, on the calling thread: the process is about to end.</summary>
    public void Flush()
    {
        lock (writing)
        {
            WriteWaiting(last: true);
        }
    }

    private void WriteForever()
    {
        while (true)
        {
            lock (guard)
            {
                while (waiting.Count == 0 && text.Length == 0)
                {
                    Monitor.Wait(guard);
                }
            }

            lock (writing)
            {
                WriteWaiting(last: false);
            }

            lock (guard)
            {
                var until = DateTime.UtcNow + GatheringTime;
                while (!urgent && text.Length < MaximumWaitingLength && until - DateTime.UtcNow is { Ticks: > 0 } rest)
                {
                    Monitor.Wait(guard, rest);
                }
            }
        }
    }

    private void WriteWaiting(bool last)
    {
        List<EngineEvent> batch;
        lock (guard)
        {
            EndText(keepHalfCharacter: !last);
            (batch, waiting) = (waiting, []);
            urgent = false;
            Monitor.PulseAll(guard);
        }

        var lines = new MemoryStream();
        foreach (var message in batch)
        {
            lines.Write(Protocol.Write(message));
            lines.WriteByte((byte)'\n');
        }

        try
        {
            lines.WriteTo(stream);
            stream.Flush();
        }
        catch (IOException)
        {
            // Nobody listens any more; the end of standard input ends the process.
        }
    }

    private void EndText(bool keepHalfCharacter = false)
    {
        if (text.Length == 0)
        {
            return;
        }

        // A surrogate pair that is written char by char must not be torn apart.
        var kept = keepHalfCharacter && char.IsHighSurrogate(text[^1]) ? text[^1].ToString() : "";
        if (text.Length > kept.Length)
        {
            waiting.Add(new StreamEvent(textKey.Cell, textKey.Name, text.ToString(0, text.Length - kept.Length)));
            text.Clear();
            text.Append(kept);
        }
    }
}
