namespace RnnBook.Notebook;

/// <summary>A notebook file that cannot be read: one line that says which file, what is wrong and where.</summary>
public sealed class NotebookException : Exception
{
    private const int Longest = 500;

    /// <summary>Creates the exception from its message, which is made one line and cut: it may quote the file.</summary>
    public NotebookException(string message) : base(OneLine(message)) { }

    /// <summary>Creates the exception from its message, as above, and the cause.</summary>
    public NotebookException(string message, Exception innerException) : base(OneLine(message), innerException) { }

    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
        return line.Length <= Longest ? line : line[..Longest] + " …";
    }
}
