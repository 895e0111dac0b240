namespace RnnBook.Showing;

/// <summary>
/// Names the class that makes a type's formatters. Notebook hosts (.NET Interactive, the book's own engine) find it by its name and
/// shape alone, so a type shows itself there without a reference to any of them.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A class with a public CreateTypeFormatters().</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>Mime types to use where only one is shown, best first; not empty.</summary>
    public string[] PreferredMimeTypes { get; set; } = ["text/html"];
}
