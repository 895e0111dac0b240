using System.Collections;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;

namespace RnnBook.Notebook;

/// <summary>Sequences of things with members, dictionaries, matrices and single things with members as html tables.</summary>
internal static partial class HtmlTable
{
    private const int MaximumRows = 20, MaximumFoldedRows = 500, MaximumColumns = 20;

    /// <summary>The table, or null for a value that reads better as text.</summary>
    public static string? TryWrite(object value)
    {
        var type = value.GetType();
        if (LooksLikeMatrix(type, out var matrix))
        {
            return WriteMatrix(
                (int)matrix.Rows.GetValue(value)!, (int)matrix.Columns.GetValue(value)!, (row, column) => matrix.Item.GetValue(value, [row, column]));
        }

        if (LooksLikeVector(type, out var vector))
        {
            return WriteVector((int)vector.Count.GetValue(value)!, index => vector.Item.GetValue(value, [index]));
        }

        if (Members.IsScalar(value) || value is Type or Exception or Delegate or JsonNode or Task)
        {
            return null;
        }

        if (value is Array { Rank: 2 } array)
        {
            return WriteMatrix(array.GetLength(0), array.GetLength(1), (row, column) => array.GetValue(row, column));
        }

        string? data = null;
        WriteDataTable(value, ref data);
        if (data is not null)
        {
            return data;
        }

        if (value is IDictionary dictionary)
        {
            var (entries, rest) = Sequences.Take(Sequences.Entries(dictionary), MaximumRows + MaximumFoldedRows);
            return Write(["key", "value"], entries.Cast<DictionaryEntry>().Select(entry => new[] { entry.Key, entry.Value }), rest);
        }

        if (Members.HasOwnText(type))
        {
            return null;
        }

        return value is IEnumerable sequence ? TryWriteSequence(sequence) : TryWriteMembers(value);
    }

    private static string? TryWriteSequence(IEnumerable sequence)
    {
        var (items, rest) = Sequences.Take(sequence, MaximumRows + MaximumFoldedRows);
        if (items.FirstOrDefault(item => item is not null) is not { } first)
        {
            return null;
        }

        if (first is IList)
        {
            return items.All(item => item is null or IList) ? WriteRows(items, rest) : null;
        }

        var members = items.OfType<object>().Select(item => item.GetType()).Distinct()
            .SelectMany(Members.Of).DistinctBy(member => member.Name).Take(MaximumColumns).ToArray();
        if (members.Length == 0 || items.Any(item => item is not null && (Members.IsScalar(item) || Members.HasOwnText(item.GetType()))))
        {
            return null;
        }

        // Items of several types share columns: each reads its own member of that name.
        object? Read(object? item, string name) => item is null
            ? null
            : Members.Of(item.GetType()).FirstOrDefault(member => member.Name == name)?.Read(item) ?? "";

        return Write(
            members.Select(member => member.Name),
            items.Select(item => members.Select(member => Read(item, member.Name)).ToArray()),
            rest);
    }

    private static string? TryWriteMembers(object value)
    {
        var members = Members.Of(value.GetType());
        return members.Count == 0
            ? null
            : Write(["", ""], members.Select(member => new[] { member.Name, member.Read(value) }), "", heading: Members.NameOf(value.GetType()));
    }

    private static string WriteRows(IReadOnlyList<object?> items, string rest)
    {
        var width = Math.Min(MaximumColumns, items.OfType<IList>().Max(row => row.Count));
        return Write(
            Enumerable.Range(0, width).Select(column => column.ToString(CultureInfo.InvariantCulture)),
            items.Select(item => Enumerable.Range(0, width)
                .Select(column => item is IList row && column < row.Count ? row[column] : "").ToArray()),
            rest + (items.OfType<IList>().Any(row => row.Count > width) ? " (and more columns)" : ""));
    }

    private static string WriteMatrix(int rows, int columns, Func<int, int, object?> item)
    {
        var (shownRows, shownColumns) = (Math.Min(rows, MaximumRows), Math.Min(columns, MaximumColumns));
        return Write(
            Enumerable.Range(0, shownColumns).Select(column => column.ToString(CultureInfo.InvariantCulture)),
            Enumerable.Range(0, shownRows).Select(row => Enumerable.Range(0, shownColumns).Select(column => Short(item(row, column))).ToArray()),
            shownRows < rows || shownColumns < columns ? $"{rows} × {columns} in all" : "");
    }

    private static string WriteVector(int count, Func<int, object?> item)
    {
        var shown = Math.Min(count, MaximumColumns);
        return Write(
            Enumerable.Range(0, shown).Select(index => index.ToString(CultureInfo.InvariantCulture)),
            [[.. Enumerable.Range(0, shown).Select(index => Short(item(index)))]],
            shown < count ? $"{count} numbers in all" : "");
    }

    /// <summary>A page's engine has no data tables.</summary>
    static partial void WriteDataTable(object value, ref string? html);

    // Six digits are enough to read a matrix; the value itself is not changed.
    private static object? Short(object? number) => number switch
    {
        double value => value.ToString("G6", CultureInfo.InvariantCulture),
        float value => value.ToString("G6", CultureInfo.InvariantCulture),
        _ => number,
    };

    private static string Write(IEnumerable<string> head, IEnumerable<object?[]> rows, string rest, string heading = "")
    {
        var html = new StringBuilder("<table>");
        if (heading.Length > 0)
        {
            html.Append("<caption>").Append(WebUtility.HtmlEncode(heading)).Append("</caption>");
        }

        var titles = head.ToArray();
        if (titles.Any(title => title.Length > 0))
        {
            html.Append("<thead><tr>");
            foreach (var title in titles)
            {
                html.Append("<th>").Append(WebUtility.HtmlEncode(title)).Append("</th>");
            }

            html.Append("</tr></thead>");
        }

        var all = rows.ToList();
        WriteRows(html, all.Take(MaximumRows));
        html.Append("</table>");
        if (all.Count > MaximumRows)
        {
            // Folded: a page must stay readable, and all must be there for who wants it.
            html.Append(CultureInfo.InvariantCulture, $"<details><summary>{all.Count - MaximumRows:N0} more rows</summary><table>");
            WriteRows(html, all.Skip(MaximumRows));
            html.Append("</table></details>");
        }

        return html.Append(rest.Length > 0 ? $"<p>… {rest}</p>" : "").ToString();
    }

    private static void WriteRows(StringBuilder html, IEnumerable<object?[]> rows)
    {
        html.Append("<tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            foreach (var value in row)
            {
                html.Append("<td>").Append(ValueFormatter.InnerHtml(value)).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody>");
    }

    /// <summary>Math.NET's vectors and whatever is like them: a sequence with a text of its own, a count and an indexer that gives numbers.</summary>
    private static bool LooksLikeVector(Type type, out (PropertyInfo Count, PropertyInfo Item) vector)
    {
        vector = (
            type.GetProperty("Count", typeof(int))!,
            type.GetProperties().FirstOrDefault(property =>
                property.PropertyType.IsPrimitive && property.GetIndexParameters() is [{ ParameterType: var index }] && index == typeof(int))!);
        return vector is { Count: not null, Item: not null } && Members.HasOwnText(type) && type.IsAssignableTo(typeof(IEnumerable));
    }

    /// <summary>Math.NET's matrices and whatever is shaped like them: two sizes and an indexer of two numbers.</summary>
    private static bool LooksLikeMatrix(Type type, out (PropertyInfo Rows, PropertyInfo Columns, PropertyInfo Item) matrix)
    {
        matrix = (
            type.GetProperty("RowCount", typeof(int))!,
            type.GetProperty("ColumnCount", typeof(int))!,
            type.GetProperties().FirstOrDefault(property =>
                property.GetIndexParameters() is [{ ParameterType: var row }, { ParameterType: var column }]
                && row == typeof(int) && column == typeof(int))!);
        return matrix is { Rows: not null, Columns: not null, Item: not null };
    }
}
