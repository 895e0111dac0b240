namespace RnnBook.Notebook;

/// <summary>A notebook file that cannot be read: one line that says which file, what is wrong and where.</summary>
public sealed class NotebookException : Exception
{
    /// <summary>Creates the exception from its one-line message.</summary>
    public NotebookException(string message) : base(message) { }

    /// <summary>Creates the exception from its one-line message and the cause.</summary>
    public NotebookException(string message, Exception innerException) : base(message, innerException) { }
}
