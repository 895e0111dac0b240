using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnBook.Figures;

/// <summary>Numbers for plotly.js: seven significant digits, null for what is not finite (JSON has no NaN; plotly shows a gap).</summary>
internal static class JsonNumbers
{
    private const string SevenDigits = "G7";

    /// <summary>Longest form: -1.234567E-308 and a comma.</summary>
    private const int MaxLength = 24;

    public static JsonNode? Number(double value) => double.IsFinite(value)
        ? JsonValue.Create(double.Parse(value.ToString(SevenDigits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
        : null;

    /// <summary>An array, written as text at once: a live figure has thousands of numbers ten times a second.</summary>
    public static JsonArray Array(IEnumerable<double> values) => Parse(text => WriteNumbers(text, values));

    /// <summary>An array of arrays.</summary>
    public static JsonArray Rows(IEnumerable<IEnumerable<double>> rows) => Parse(text => WriteList(text, rows, row => WriteNumbers(text, row)));

    public static JsonArray Rows(double[,] table, Func<double, double> map) =>
        Rows(Enumerable.Range(0, table.GetLength(0)).Select(i => Enumerable.Range(0, table.GetLength(1)).Select(j => map(table[i, j]))));

    private static JsonArray Parse(Action<ArrayBufferWriter<byte>> write)
    {
        var text = new ArrayBufferWriter<byte>();
        write(text);
        return JsonArray.Create(JsonDocument.Parse(text.WrittenMemory).RootElement)!;
    }

    private static void WriteNumbers(ArrayBufferWriter<byte> text, IEnumerable<double> values) => WriteList(text, values, value =>
    {
        if (double.IsFinite(value))
        {
            value.TryFormat(text.GetSpan(MaxLength), out var written, SevenDigits, CultureInfo.InvariantCulture);
            text.Advance(written);
        }
        else
        {
            text.Write("null"u8);
        }
    });

    private static void WriteList<T>(ArrayBufferWriter<byte> text, IEnumerable<T> items, Action<T> writeItem)
    {
        text.Write("["u8);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                text.Write(","u8);
            }

            writeItem(item);
            first = false;
        }

        text.Write("]"u8);
    }
}
