using System.Text.Json;
using RnnBook.Figures;

namespace RnnBook.Tests;

/// <summary>Reads what a figure gives to plotly.js.</summary>
internal static class FigureJson
{
    public static JsonElement Json(this Figure figure) => JsonDocument.Parse(figure.ToJson()).RootElement;

    public static JsonElement At(this JsonElement element, string path) =>
        path.Split('.').Aggregate(element, (e, name) => int.TryParse(name, out var index) ? e[index] : e.GetProperty(name));

    public static string Text(this JsonElement element, string path) => element.At(path).GetString()!;

    /// <summary>Numbers of an array; null reads as NaN.</summary>
    public static double[] Numbers(this JsonElement element, string path) =>
        [.. element.At(path).EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Null ? double.NaN : e.GetDouble())];

    public static double[] Steps(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];
}
