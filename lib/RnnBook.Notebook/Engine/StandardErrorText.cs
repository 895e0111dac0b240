using System.Text;

namespace RnnBook.Notebook;

/// <summary>
/// The child's real standard error: what native code and grandchildren write is passed on as console text; what the runtime says
/// when it crashes is kept for the crash report.
/// </summary>
internal sealed class StandardErrorText(Action<string> onText)
{
    private const int MaximumCrashLength = 1 << 20;
    private static readonly string[] CrashStarts = ["Stack overflow.", "Process terminated.", "Unhandled exception.", "Fatal error."];

    private readonly Lock guard = new();
    private readonly StringBuilder line = new();
    private readonly StringBuilder crash = new();
    private bool crashed;

    /// <summary>The runtime's last words, or an empty text.</summary>
    public string CrashText
    {
        get
        {
            lock (guard)
            {
                return crash.ToString();
            }
        }
    }

    public async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[16 * 1024];
        int count;
        while ((count = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            Add(buffer.AsSpan(0, count));
        }
    }

    /// <summary>Passes on an unfinished last line.</summary>
    public void Flush()
    {
        lock (guard)
        {
            Finish();
        }
    }

    private void Add(ReadOnlySpan<char> text)
    {
        lock (guard)
        {
            foreach (var character in text)
            {
                line.Append(character);
                if (character == '\n')
                {
                    Finish();
                }
            }
        }
    }

    private void Finish()
    {
        if (line.Length == 0)
        {
            return;
        }

        var text = line.ToString();
        line.Clear();
        crashed |= CrashStarts.Any(start => text.StartsWith(start, StringComparison.Ordinal));
        if (!crashed)
        {
            onText(text);
        }
        else if (crash.Length < MaximumCrashLength)
        {
            crash.Append(text);
        }
    }
}
