using System.Diagnostics.CodeAnalysis;

namespace RnnBook;

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
