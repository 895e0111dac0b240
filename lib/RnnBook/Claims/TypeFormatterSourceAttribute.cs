namespace RnnBook;

/// <summary>
/// Names the class that makes a type's formatters. Notebook front ends find it by its name and shape alone, so that a type can show
/// itself there without a reference to any of them.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A class with a public CreateTypeFormatters().</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>What to show first; not empty.</summary>
    public string[] PreferredMimeTypes { get; set; } = ["text/html"];
}
