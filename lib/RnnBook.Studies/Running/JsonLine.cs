using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RnnBook;

/// <summary>How numbers and texts stand in a results file: six digits are enough for a figure and keep the file small.</summary>
internal static class JsonLine
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(string text) => JsonSerializer.Serialize(text, Plain);

    /// <summary>JSON has no ∞ and no NaN: they are texts.</summary>
    public static string Number(double value) => double.IsFinite(value)
        ? value.ToString("G6", CultureInfo.InvariantCulture)
        : Text(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");

    /// <summary>A point of a curve: four digits are more than a figure shows.</summary>
    public static string Point(double value) => double.IsFinite(value) ? value.ToString("G4", CultureInfo.InvariantCulture) : Number(value);

    public static double Number(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.String when json.GetString() is "NaN" => double.NaN,
        JsonValueKind.String when json.GetString() is "Infinity" => double.PositiveInfinity,
        JsonValueKind.String when json.GetString() is "-Infinity" => double.NegativeInfinity,
        _ => throw new FormatException($"{json.GetRawText()} is no number"),
    };
}
