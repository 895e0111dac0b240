using System.Net;
using System.Reflection;
using System.Text;

namespace RnnBook.Figures;

/// <summary>A small table of results. Numbers stand flush right, with the digits that can be compared.</summary>
/// <example><code>
/// Table.Of(contestants.Select(c => new { c.Name, Error = c.TestError, Seconds = c.Seconds }), "After 2,000 updates")
/// </code></example>
[TypeFormatterSource(typeof(TableFormatters), PreferredMimeTypes = [MimeTypes.Html])]
public sealed class Table
{
    private readonly string[] names;
    private readonly List<object?[]> rows = [];

    /// <summary>Makes a table without rows.</summary>
    /// <param name="columns">Names of the columns.</param>
    public Table(params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        names = [.. columns];
    }

    /// <summary>What the table shows; empty shows none.</summary>
    public string Title { get; set; } = "";

    /// <summary>Makes a table from records or anonymous objects: a column for each public property, named like it.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="title">What the table shows.</param>
    public static Table Of<T>(IEnumerable<T> rows, string title = "")
    {
        ArgumentNullException.ThrowIfNull(rows);
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).ToArray();
        var table = new Table([.. properties.Select(p => Words(p.Name))]) { Title = title };
        foreach (var row in rows)
        {
            table.Row([.. properties.Select(p => p.GetValue(row))]);
        }

        return table;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One value a column; null is an empty cell.</param>
    /// <exception cref="ArgumentException">More or fewer values than columns.</exception>
    public Table Row(params object?[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != names.Length)
        {
            throw new ArgumentException($"The table has {names.Length} columns but the row has {cells.Length} values.", nameof(cells));
        }

        rows.Add([.. cells]);
        return this;
    }

    /// <summary>The table in plain text, columns aligned.</summary>
    public override string ToString()
    {
        var columns = Columns();
        var widths = columns.ConvertAll(c => c.Texts.Append(c.Name).Max(t => t.Length));
        var text = new StringBuilder();
        if (Title.Length > 0)
        {
            text.AppendLine(Title);
        }

        text.AppendLine(Line(i => columns[i].Name)).AppendLine(string.Join("  ", widths.Select(w => new string('─', w))));
        for (var r = 0; r < rows.Count; r++)
        {
            text.AppendLine(Line(i => columns[i].Texts[r]));
        }

        return text.ToString().TrimEnd();

        string Line(Func<int, string> cell) => string.Join("  ", columns.Select(
            (c, i) => c.IsNumeric ? cell(i).PadLeft(widths[i]) : cell(i).PadRight(widths[i]))).TrimEnd();
    }

    internal string ToHtml()
    {
        var columns = Columns();
        var html = new StringBuilder("<table class=\"rnnbook-table\">");
        if (Title.Length > 0)
        {
            html.Append("<caption>").Append(Encoded(Title)).Append("</caption>");
        }

        html.Append("<thead><tr>").AppendJoin("", columns.Select(c => $"<th scope=\"col\"{Style(c)}>{Encoded(c.Name)}</th>")).Append("</tr></thead><tbody>");
        for (var r = 0; r < rows.Count; r++)
        {
            html.Append("<tr>").AppendJoin("", columns.Select(c => $"<td{Style(c)}>{Encoded(c.Texts[r])}</td>")).Append("</tr>");
        }

        return html.Append("</tbody></table>").ToString();
    }

    private static string Style(Column column) =>
        column.IsNumeric ? " style=\"text-align:right;font-variant-numeric:tabular-nums\"" : " style=\"text-align:left\"";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    /// <summary>TestError reads as "Test error".</summary>
    private static string Words(string name) => string.Concat(name.Select((c, i) =>
        i > 0 && char.IsUpper(c) && char.IsLower(name[i - 1]) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    private List<Column> Columns() => [.. names.Select((n, i) => new Column(n, rows.ConvertAll(r => r[i])))];
}
