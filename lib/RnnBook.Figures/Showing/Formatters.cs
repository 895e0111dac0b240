using System.Diagnostics.CodeAnalysis;

namespace RnnBook.Figures;

/// <summary>The formatters of <see cref="Figure"/>.</summary>
internal sealed class FigureFormatters
{
    [SuppressMessage("Performance", "CA1822", Justification = "Hosts call it on an instance.")]
    public IEnumerable<object> CreateTypeFormatters() => For<Figure>(figure => figure);

    public static IEnumerable<object> For<T>(Func<T, Figure> figure) =>
    [
        new ObjectFormatter<T>(MimeTypes.Html, shown => FigureHtml.Fragment(figure(shown))),
        new ObjectFormatter<T>(MimeTypes.Plotly, shown => figure(shown).ToJson()),
        new ObjectFormatter<T>(MimeTypes.Plain, shown => figure(shown).AlternativeText),
    ];
}

/// <summary>The formatters of <see cref="LiveFigure"/>: its present state.</summary>
internal sealed class LiveFigureFormatters
{
    [SuppressMessage("Performance", "CA1822", Justification = "Hosts call it on an instance.")]
    public IEnumerable<object> CreateTypeFormatters() => FigureFormatters.For<LiveFigure>(live => live.Figure);
}

/// <summary>The formatters of <see cref="Table"/>.</summary>
internal sealed class TableFormatters
{
    [SuppressMessage("Performance", "CA1822", Justification = "Hosts call it on an instance.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new ObjectFormatter<Table>(MimeTypes.Html, table => table.ToHtml()),
        new ObjectFormatter<Table>(MimeTypes.Plain, table => table.ToString()),
    ];
}
