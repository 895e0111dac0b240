using System.Diagnostics.CodeAnalysis;

namespace RnnBook.Figures;

/// <summary>Writes an object in one mime type; hosts find the members by name.</summary>
/// <param name="mimeType">The form written.</param>
/// <param name="write">Gives the text for an instance; null when it is not of the expected class.</param>
internal sealed class Formatter(string mimeType, Func<object, string?> write)
{
    public string MimeType { get; } = mimeType;

    /// <summary>Writes the instance; false leaves it to the host.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (write(instance) is not { } text)
        {
            return false;
        }

        writer.Write(text);
        return true;
    }
}

/// <summary>The formatters of <see cref="Figure"/>.</summary>
internal sealed class FigureFormatters
{
    [SuppressMessage("Performance", "CA1822", Justification = "Hosts call it on an instance.")]
    public IEnumerable<object> CreateTypeFormatters() => For(instance => instance as Figure);

    public static IEnumerable<object> For(Func<object, Figure?> figure) =>
    [
        new Formatter(MimeTypes.Html, o => figure(o) is { } f ? FigureHtml.Fragment(f) : null),
        new Formatter(MimeTypes.Plotly, o => figure(o)?.ToJson()),
        new Formatter(MimeTypes.Plain, o => figure(o)?.AlternativeText),
    ];
}

/// <summary>The formatters of <see cref="LiveFigure"/>: its present state.</summary>
internal sealed class LiveFigureFormatters
{
    [SuppressMessage("Performance", "CA1822", Justification = "Hosts call it on an instance.")]
    public IEnumerable<object> CreateTypeFormatters() => FigureFormatters.For(instance => (instance as LiveFigure)?.Figure);
}

/// <summary>The formatters of <see cref="Table"/>.</summary>
internal sealed class TableFormatters
{
    [SuppressMessage("Performance", "CA1822", Justification = "Hosts call it on an instance.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter(MimeTypes.Html, o => (o as Table)?.ToHtml()),
        new Formatter(MimeTypes.Plain, o => (o as Table)?.ToString()),
    ];
}
