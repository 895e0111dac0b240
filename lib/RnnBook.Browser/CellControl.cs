namespace RnnBook.Notebook;

/// <summary>Nothing stops a cell here: a page has one thread for it, and ends that thread's worker.</summary>
internal sealed class CellControl
{
    public object Shield { get; } = new();

    public bool IsInterrupted { get; }

    public void ThrowIfInterrupted()
    {
    }
}
