namespace RnnBook.Showing;

/// <summary>Writes objects of one type in one form. Hosts find it by its shape: a MimeType and one Format method.</summary>
internal sealed class ObjectFormatter<T>(string mimeType, Func<T, string?> write)
{
    /// <summary>The form, such as "text/html".</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Writes the object; false, which leaves it to the host, if it is of another type or has no such form.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T value || write(value) is not { } text)
        {
            return false;
        }

        writer.Write(text);
        return true;
    }
}
