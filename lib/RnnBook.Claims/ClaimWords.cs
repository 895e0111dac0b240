using System.Globalization;

namespace RnnBook;

/// <summary>How claims.json writes kinds, verdicts, and comparisons, each in the order of its enumeration; and how numbers are shown.</summary>
internal static class ClaimWords
{
    public static IReadOnlyList<string> Kinds { get; } = ["def", "exp", "sys", "his", "opn"];

    public static IReadOnlyList<string> Verdicts { get; } = ["reproduced", "qualified", "refuted", "not tested"];

    public static IReadOnlyList<string> Comparisons { get; } = [">=", "<=", ">", "<", "between"];

    public static string Word(this VerdictKind verdict) => Verdicts[(int)verdict];

    /// <summary>A number as a reader likes it: four digits, "1.5e-07" for the very small.</summary>
    public static string Number(double value) => double.IsPositiveInfinity(value) ? "∞" : double.IsNegativeInfinity(value) ? "−∞"
        : value.ToString("G4", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
}
