using System.Diagnostics;
using System.Text;

namespace RnnBook.Notebook;

/// <summary>What cells say, on its way to the page. There is no other thread to send it from, so it leaves while it is said, in pieces of some size.</summary>
/// <param name="hear">Takes each event.</param>
/// <param name="show">Shows the page what has changed.</param>
internal sealed class OutputQueue(Action<EngineEvent> hear, Action show)
{
    private const int MostText = 8192;

    private static readonly TimeSpan BetweenShows = TimeSpan.FromMilliseconds(60);

    private readonly StringBuilder text = new();
    private (int Cell, string Name) textKey = (0, "");
    private long shown;

    public void Add(EngineEvent message)
    {
        EndText();
        hear(message);
        ShowSometimes();
    }

    public void AddText(int cell, string name, ReadOnlySpan<char> added)
    {
        if (textKey != (cell, name))
        {
            EndText();
            textKey = (cell, name);
        }

        text.Append(added);
        if (text.Length >= MostText || Stopwatch.GetElapsedTime(shown) >= BetweenShows)
        {
            EndText();
            ShowSometimes();
        }
    }

    /// <summary>Everything that was said stands in the page.</summary>
    public void Flush()
    {
        EndText();
        Show();
    }

    public void WaitForRoom()
    {
    }

    private void EndText()
    {
        if (text.Length > 0)
        {
            hear(new StreamEvent(textKey.Cell, textKey.Name, text.ToString()));
            text.Clear();
        }
    }

    private void ShowSometimes()
    {
        if (Stopwatch.GetElapsedTime(shown) >= BetweenShows)
        {
            Show();
        }
    }

    private void Show()
    {
        show();
        shown = Stopwatch.GetTimestamp();
    }
}
