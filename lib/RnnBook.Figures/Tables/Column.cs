using System.Globalization;

namespace RnnBook.Figures;

/// <summary>One column of a table: its texts, numbers with the same number of decimals so that they can be compared.</summary>
internal sealed class Column
{
    private const int Digits = 4;

    public Column(string name, IReadOnlyList<object?> cells)
    {
        Name = name;
        IsNumeric = cells.Any(IsNumber) && cells.All(c => c is null || IsNumber(c));
        Texts = IsNumeric ? Numbers(cells) : [.. cells.Select(Text.Short)];
    }

    public string Name { get; }

    /// <summary>Whether the column is set flush right.</summary>
    public bool IsNumeric { get; }

    public IReadOnlyList<string> Texts { get; }

    private static bool IsNumber(object? cell) =>
        cell is byte or sbyte or short or ushort or int or uint or long or ulong or float or double or Half or decimal;

    private static string[] Numbers(IReadOnlyList<object?> cells)
    {
        var values = cells.Select(c => c is null ? (double?)null : Convert.ToDouble(c, CultureInfo.InvariantCulture)).ToArray();
        var sizes = values.OfType<double>().Where(v => v != 0 && double.IsFinite(v)).Select(Math.Abs).ToArray();
        var whole = values.OfType<double>().All(v => !double.IsFinite(v) || v == Math.Floor(v));
        if (sizes.Length == 0 || (whole && sizes.Max() < 1e15))
        {
            return [.. values.Select(v => v is { } n ? Text.Number(n, 16) : "")];
        }

        // Where sizes differ too much for one number of decimals, each number speaks for itself.
        if (sizes.Max() >= 1e6 || sizes.Min() < 1e-4 || sizes.Max() / sizes.Min() > 1e5)
        {
            return [.. values.Select(v => v is { } n ? Text.Number(n, Digits) : "")];
        }

        var decimals = Math.Clamp(Digits - 1 - (int)Math.Floor(Math.Log10(sizes.Max())), 0, 6);
        decimals = Math.Max(decimals, Math.Clamp(1 - (int)Math.Floor(Math.Log10(sizes.Min())), 0, 6));
        return [.. values.Select(v => v is not { } n ? "" : double.IsFinite(n) ? Text.Fixed(n, decimals) : Text.Number(n))];
    }
}
