using System.Text;

namespace RnnBook.Notebook;

/// <summary>What <see cref="Console.Out"/> or <see cref="Console.Error"/> is in a cell. Closing it does nothing.</summary>
internal sealed class CellTextWriter : TextWriter
{
    private readonly CellOutputs outputs;
    private readonly string name;
    private readonly ConsoleColours colours = new();

    /// <param name="outputs">Where the text goes.</param>
    /// <param name="name"><c>stdout</c> or <c>stderr</c>.</param>
    public CellTextWriter(CellOutputs outputs, string name)
    {
        this.outputs = outputs;
        this.name = name;
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (colours.Change() is { Length: > 0 } change)
        {
            outputs.WriteText(name, change);
        }

        outputs.WriteText(name, buffer);
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void WriteLine(ReadOnlySpan<char> buffer) => Write($"{buffer}\n");
}
