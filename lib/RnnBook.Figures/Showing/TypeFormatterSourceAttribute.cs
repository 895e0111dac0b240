namespace RnnBook.Figures;

/// <summary>
/// Tells a notebook host how to show a class. Hosts look for an attribute of exactly this name in any namespace, so the
/// class needs no reference to a host; .NET Interactive and the book's own engine both follow this convention.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A class with a public method CreateTypeFormatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>Mime types to use where only one is shown, best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [MimeTypes.Html];
}
