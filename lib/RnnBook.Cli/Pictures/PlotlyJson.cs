using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace RnnBook.Cli;

/// <summary>A value of a trace: a number, a word, or a gap. A word that reads as a number is both, as for plotly.js.</summary>
internal readonly record struct PlotlyValue(double? Number, string? Word)
{
    public static PlotlyValue Of(JsonElement json) => json.Number() is { } number ? new(number, null)
        : json.Text() is not { } text ? default
        : new(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) && Math.Abs(read) < PlotlyJson.Huge ? read : null, text);

    public override string ToString() => Word ?? $"{Number}";
}

/// <summary>Reads a plotly.js figure, in which anything may stand anywhere: what has not the expected form counts as not there.</summary>
internal static class PlotlyJson
{
    /// <summary>Numbers beyond are gaps, so that no sum or difference overflows.</summary>
    public const double Huge = 1e200;

    public static JsonElement At(this JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
            {
                return default;
            }
        }

        return json;
    }

    public static double? Number(this JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number) && Math.Abs(number) < Huge ? number : null;

    public static string? Text(this JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString() : null;

    public static bool IsTrue(this JsonElement json) => json.ValueKind == JsonValueKind.True;

    public static bool IsFalse(this JsonElement json) => json.ValueKind == JsonValueKind.False;

    public static bool IsThere(this JsonElement json) => json.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public static IEnumerable<JsonElement> Items(this JsonElement json) => json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : [];

    /// <summary>A title is an object or, from older programs, its text.</summary>
    public static string Title(this JsonElement json) => (json.At("title", "text").Text() ?? json.At("title").Text())?.Trim() ?? "";

    /// <summary>An array of values, as a list or packed as plotly.py does it; null where there is none.</summary>
    public static IReadOnlyList<PlotlyValue>? Values(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => [.. json.EnumerateArray().Select(PlotlyValue.Of)],
        JsonValueKind.Object => json.At("bdata").ValueKind == JsonValueKind.String && json.At("bdata").TryGetBytesFromBase64(out var bytes)
            ? Unpacked(json.At("dtype").Text(), bytes)?.Select(number => new PlotlyValue(Math.Abs(number) < Huge ? number : null, null)).ToList()
            : null,
        _ => null,
    };

    private static double[]? Unpacked(string? type, byte[] bytes)
    {
        return type switch
        {
            "f8" => Cast<double>(number => number),
            "f4" => Cast<float>(number => number),
            "i4" => Cast<int>(number => number),
            "u4" => Cast<uint>(number => number),
            "i2" => Cast<short>(number => number),
            "u2" => Cast<ushort>(number => number),
            "i1" => Cast<sbyte>(number => number),
            "u1" => Cast<byte>(number => number),
            _ => null,
        };

        double[] Cast<T>(Converter<T, double> convert) where T : struct => Array.ConvertAll(MemoryMarshal.Cast<byte, T>(bytes).ToArray(), convert);
    }
}
