using System.Collections;
using System.Globalization;
using System.Net;

namespace RnnBook.Notebook;

/// <summary>A long sequence of plain things as html: its beginning, and folded behind it all the others.</summary>
internal static class FoldedSequence
{
    private const int MaximumItems = 5_000;

    /// <summary>The html, or null for what <see cref="PlainText"/> shows whole.</summary>
    public static string? TryWrite(object value, string plain)
    {
        if (value is string or IDictionary || value is not IEnumerable sequence || Members.HasOwnText(value.GetType()))
        {
            return null;
        }

        var (items, rest) = Sequences.Take(sequence, MaximumItems);
        return items.Count <= PlainText.MaximumItems ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"<details><summary>{WebUtility.HtmlEncode(plain)}</summary><p>{string.Join(", ", items.Select(ValueFormatter.InnerHtml))}{(rest.Length > 0 ? $", … {rest}" : "")}</p></details>");
    }
}
