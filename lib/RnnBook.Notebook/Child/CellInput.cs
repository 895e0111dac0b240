namespace RnnBook.Notebook;

/// <summary>A cell's console has no keyboard: who reads from it is told so, instead of an end of input that nobody typed.</summary>
internal sealed class CellInput : TextReader
{
    public override int Peek() => Refuse();

    public override int Read() => Refuse();

    private static int Refuse() => throw new InvalidOperationException(
        "The reader cannot be asked while a cell runs: put what Console.Read would return into a variable.");
}
