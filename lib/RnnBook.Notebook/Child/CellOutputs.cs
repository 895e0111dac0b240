namespace RnnBook.Notebook;

/// <summary>Formats what cells show and puts it into the queue.</summary>
internal sealed class CellOutputs(OutputQueue output)
{
    private volatile int currentCell;
    private int displays;

    /// <summary>The number of the execution that runs, or of the last one: what is said in the background belongs to it.</summary>
    public int CurrentCell
    {
        get => currentCell;
        set => currentCell = value;
    }

    public OutputQueue Queue => output;

    public DisplayedValue Show(object? value, string[] mimeTypes, bool isResult = false)
    {
        var data = ValueFormatter.Format(value, mimeTypes);
        var id = $"display-{Environment.ProcessId}-{Interlocked.Increment(ref displays)}";
        output.Add(new DisplayEvent(CurrentCell, id, data, isResult));
        return new DisplayedValue(this, id, mimeTypes);
    }

    public void Update(string id, object? value, string[] mimeTypes) =>
        output.Add(new UpdateEvent(CurrentCell, id, ValueFormatter.Format(value, mimeTypes)));
}
