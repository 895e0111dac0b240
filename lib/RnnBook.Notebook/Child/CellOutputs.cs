namespace RnnBook.Notebook;

/// <summary>Formats what cells show and puts it into the queue, under the number of the execution that it belongs to.</summary>
internal sealed class CellOutputs(OutputQueue queue)
{
    /// <summary>The execution that started the thread or task that speaks: what it says late belongs there, whatever runs meanwhile.</summary>
    private readonly AsyncLocal<int?> origin = new();
    private volatile Execution current = new(0, new CellControl());
    private int displays;

    /// <summary>The number of the execution that runs, or of the last one.</summary>
    public int CurrentCell => current.Cell;

    public OutputQueue Queue => queue;

    /// <summary>What is said from now on belongs to this execution.</summary>
    public CellControl StartCell(int cell)
    {
        current = new Execution(cell, new CellControl());
        origin.Value = cell;
        return current.Control;
    }

    /// <summary>The control of an execution, null when it is not the current one.</summary>
    public CellControl? ControlOf(int cell) => current is { } execution && execution.Cell == cell ? execution.Control : null;

    /// <summary>Writes console text.</summary>
    public void WriteText(string name, ReadOnlySpan<char> text)
    {
        queue.WaitForRoom();
        var (cell, control) = current;
        lock (control.Shield)
        {
            control.ThrowIfInterrupted();
            queue.AddText(origin.Value ?? cell, name, text);
        }
    }

    /// <summary>Asks the reader for a line.</summary>
    public void Ask() => Say(cell => new InputEvent(cell));

    /// <summary>Shows a value.</summary>
    public DisplayedValue Show(object? value, string[] mimeTypes, bool isResult = false)
    {
        var data = ValueFormatter.Format(value, mimeTypes);
        var id = $"display-{Environment.ProcessId}-{Interlocked.Increment(ref displays)}";
        Say(cell => new DisplayEvent(cell, id, data, isResult));
        return new DisplayedValue(this, id, mimeTypes);
    }

    /// <summary>Shows another value where an earlier one is.</summary>
    public void Update(string id, object? value, string[] mimeTypes)
    {
        var data = ValueFormatter.Format(value, mimeTypes);
        Say(cell => new UpdateEvent(cell, id, data));
    }

    private void Say(Func<int, EngineEvent> message)
    {
        queue.WaitForRoom();
        var (cell, control) = current;
        lock (control.Shield)
        {
            control.ThrowIfInterrupted();
            queue.Add(message(origin.Value ?? cell));
        }
    }

    private sealed record Execution(int Cell, CellControl Control);
}
