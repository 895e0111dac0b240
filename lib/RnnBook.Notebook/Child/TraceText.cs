namespace RnnBook.Notebook;

/// <summary>An exception's stack trace with lines, as this runtime writes it: <c>   at Call(…) in [3]:line 5</c>.</summary>
internal static class TraceText
{
    public static string? Of(Exception exception) => exception.StackTrace;
}
