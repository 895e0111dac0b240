using System.Diagnostics.CodeAnalysis;

namespace RnnBook;

/// <summary>Writes objects of one type in one form. Found by shape: a MimeType and one Format method.</summary>
internal sealed class ObjectFormatter<T>(string mimeType, Func<T, string> write)
{
    /// <summary>The form, such as "text/html".</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Writes the object; false if it is of another type.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T value)
        {
            return false;
        }

        writer.Write(write(value));
        return true;
    }
}

/// <summary>The forms of a <see cref="Verdict"/>.</summary>
internal sealed class VerdictFormatters
{
    /// <summary>The form in which the runner collects verdicts.</summary>
    public const string VerdictMimeType = "application/vnd.rnnbook.verdict+json";

    /// <summary>One formatter a form.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Front ends look for an instance method.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new ObjectFormatter<Verdict>("text/html", ClaimText.Html),
        new ObjectFormatter<Verdict>("text/plain", ClaimText.Plain),
        new ObjectFormatter<Verdict>(VerdictMimeType, ClaimText.Json),
    ];
}

/// <summary>The forms of a <see cref="Claim"/>.</summary>
internal sealed class ClaimFormatters
{
    /// <summary>One formatter a form.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Front ends look for an instance method.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new ObjectFormatter<Claim>("text/html", ClaimText.Html),
        new ObjectFormatter<Claim>("text/plain", ClaimText.Plain),
    ];
}
