namespace RnnBook;

/// <summary>A property of each letter of a text that a reader could name and a unit might follow. All are counted from the line's beginning.</summary>
/// <param name="Name">Its name in figures and tables.</param>
/// <param name="Of">The property's value after each letter of a text: as many numbers as letters.</param>
public sealed record TextFeature(string Name, Func<string, double[]> Of)
{
    /// <summary>How many letters the line has so far.</summary>
    public static TextFeature LinePosition { get; } = new("position in the line", text => Scan(text, (line, i) => i + 1));

    /// <summary>1 after an opening quotation mark until the closing one, else 0.</summary>
    public static TextFeature Quotes { get; } = new("inside quotes", text => Scan(text, (line, i) => line[..(i + 1)].Count('"') % 2));

    /// <summary>1 after an opening round bracket until its closing one, else 0.</summary>
    public static TextFeature Brackets { get; } = new(
        "inside brackets", text => Scan(text, (line, i) => line[..(i + 1)].Count('(') > line[..(i + 1)].Count(')') ? 1 : 0));

    /// <summary>1 from the second stroke of // to the line's end, else 0.</summary>
    public static TextFeature Comment { get; } = new(
        "inside a comment", text => Scan(text, (line, i) => line[..(i + 1)].IndexOf("//", StringComparison.Ordinal) >= 0 ? 1 : 0));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TextFeature> All { get; } = [LinePosition, Quotes, Brackets, Comment];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private delegate double OfLetter(ReadOnlySpan<char> line, int i);

    private static double[] Scan(string text, OfLetter value)
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = new double[text.Length];
        for (int i = 0, start = 0; i < text.Length; i++)
        {
            var isEnd = text[i] == '\n';
            values[i] = isEnd ? 0 : value(text.AsSpan(start, i + 1 - start), i - start);
            start = isEnd ? i + 1 : start;
        }

        return values;
    }
}
