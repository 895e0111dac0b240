namespace RnnBook.Notebook;

/// <summary>A value that stands in a cell's output and can be replaced there, also by a later cell and from another thread.</summary>
public sealed class DisplayedValue
{
    private readonly CellOutputs outputs;
    private readonly string[] mimeTypes;

    internal DisplayedValue(CellOutputs outputs, string id, string[] mimeTypes)
    {
        this.outputs = outputs;
        this.mimeTypes = mimeTypes;
        DisplayId = id;
    }

    /// <summary>The id that the engine's update events carry.</summary>
    public string DisplayId { get; }

    /// <summary>Shows another value in the same place.</summary>
    public void Update(object? value) => outputs.Update(DisplayId, value, mimeTypes);
}
