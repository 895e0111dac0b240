namespace RnnBook.Notebook;

/// <summary>
/// What <see cref="Console.In"/> is in a cell. Where somebody can answer, the cell waits for a line that they type; elsewhere who reads is
/// told that nobody can, instead of being given an end of input that nobody typed.
/// </summary>
internal sealed class CellInput : TextReader
{
    private readonly object gate = new();
    private Action? ask;
    private int run;
    private string? answer;
    private string line = "";
    private int at;

    /// <summary>A cell starts.</summary>
    /// <param name="asks">Asks whoever can answer; null where nobody can.</param>
    public void Start(Action? asks) => Change(() => (ask, line, at) = (asks, "", 0));

    /// <summary>The cell is over or is stopped: whoever waits for an answer gets none.</summary>
    public void Stop() => Change(() => ask = null);

    /// <summary>What was typed.</summary>
    public void Answer(string text)
    {
        lock (gate)
        {
            answer = text;
            Monitor.PulseAll(gate);
        }
    }

    public override int Peek() => Rest()[0];

    public override int Read() => Take(1)[0];

    public override int Read(Span<char> buffer)
    {
        var text = Take(buffer.Length);
        text.CopyTo(buffer);
        return text.Length;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <summary>One answer: a reader has no key for the end of all input.</summary>
    public override string ReadToEnd() => Take(int.MaxValue).ToString();

    private ReadOnlySpan<char> Take(int most)
    {
        var rest = Rest();
        var taken = rest[..Math.Min(most, rest.Length)];
        at += taken.Length;
        return taken;
    }

    /// <summary>What has been typed and not read, at least one character.</summary>
    private ReadOnlySpan<char> Rest()
    {
        lock (gate)
        {
            if (at == line.Length)
            {
                (line, at) = (Ask() + "\n", 0);
            }

            return line.AsSpan(at);
        }
    }

    private string Ask()
    {
        var asking = run;
        answer = null;
        (ask ?? throw new InvalidOperationException(
            "The reader cannot be asked here: run the cell in the live book, or put what Console.Read would return into a variable.")).Invoke();
        while (answer is null && run == asking)
        {
            Monitor.Wait(gate);
        }

        return run == asking ? answer! : throw new OperationCanceledException("The cell that asked is over.");
    }

    private void Change(Action change)
    {
        lock (gate)
        {
            run++;
            change();
            Monitor.PulseAll(gate);
        }
    }
}
