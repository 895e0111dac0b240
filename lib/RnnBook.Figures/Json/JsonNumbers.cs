using System.Globalization;
using System.Text.Json.Nodes;

namespace RnnBook.Figures;

/// <summary>Numbers for plotly.js: seven significant digits, null for what is not finite (JSON has no NaN; plotly shows a gap).</summary>
internal static class JsonNumbers
{
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Rounded(value)) : null;

    public static JsonArray Array(IEnumerable<double> values) => new([.. values.Select(Number)]);

    public static JsonArray Rows(double[,] table, Func<double, double> map)
    {
        var rows = new JsonArray();
        for (var i = 0; i < table.GetLength(0); i++)
        {
            rows.Add(Array(Enumerable.Range(0, table.GetLength(1)).Select(j => map(table[i, j]))));
        }

        return rows;
    }

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
