using System.Text;

namespace RnnBook.Cli;

/// <summary>
/// Console text of a cell that may still run, as html that only grows, but for its last line: that one a carriage return may write anew.
/// </summary>
/// <param name="name">stdout or stderr.</param>
internal sealed class LiveText(string name) : LiveOutput
{
    /// <summary>A last line is finished when it gets longer than this, so that a line without end costs no more than others.</summary>
    private const int LongestOpenLine = 2_000;

    private readonly StringBuilder text = new();
    private readonly StringBuilder html = new();
    private string open = "";
    private TerminalText.Style style = TerminalText.Style.None;

    public string Name => name;

    /// <summary>The text as it was written.</summary>
    public string Text => text.ToString();

    /// <summary>Length of the html of finished lines.</summary>
    public int Finished => html.Length;

    /// <summary>Finished lines from a position on, where a page that has the earlier ones goes on.</summary>
    public string FinishedFrom(int position) => html.ToString(position, html.Length - position);

    /// <summary>The last line.</summary>
    public string OpenHtml()
    {
        var atItsStart = style;
        return TerminalText.ToHtml(open, ref atItsStart);
    }

    public void Append(string added)
    {
        text.Append(added);
        open += added;
        var end = open.Length > LongestOpenLine ? open.Length : open.LastIndexOf('\n') + 1;
        if (end > 0)
        {
            html.Append(TerminalText.ToHtml(open[..end], ref style));
            open = open[end..];
        }
    }
}
