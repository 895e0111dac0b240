using System.Data;

namespace RnnBook.Notebook;

/// <summary>Tables of System.Data.</summary>
internal static partial class HtmlTable
{
    static partial void WriteDataTable(object value, ref string? html)
    {
        if (value is not DataTable table)
        {
            return;
        }

        var columns = table.Columns.Cast<DataColumn>().Take(MaximumColumns).ToArray();
        var (rows, rest) = Sequences.Take(table.Rows, MaximumRows + MaximumFoldedRows);
        html = Write(
            columns.Select(column => column.ColumnName),
            rows.Cast<DataRow>().Select(row => columns.Select(column => row[column] is DBNull ? null : row[column]).ToArray()),
            rest,
            table.TableName);
    }
}
