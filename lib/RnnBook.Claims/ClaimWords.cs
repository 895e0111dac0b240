using System.Globalization;

namespace RnnBook;

/// <summary>How claims.json writes kinds, uses, estimates and comparisons, each in the order of its enumeration; and how numbers are shown.</summary>
internal static class ClaimWords
{
    public static IReadOnlyList<string> Kinds { get; } = ["def", "exp", "sys", "his", "opn"];

    public static IReadOnlyList<string> Uses { get; } = ["stated", "qualified", "both"];

    public static IReadOnlyList<string> Estimates { get; } = ["median", "mean", "share", "every"];

    public static IReadOnlyList<string> Comparisons { get; } = [">=", "<=", ">", "<", "between"];

    /// <summary>A number as a reader likes it: four digits, "1.5e-07" for the very small.</summary>
    public static string Number(double value) => double.IsPositiveInfinity(value) ? "∞" : double.IsNegativeInfinity(value) ? "−∞"
        : value.ToString("G4", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
}
