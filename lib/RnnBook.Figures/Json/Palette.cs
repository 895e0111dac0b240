using System.Globalization;

namespace RnnBook.Figures;

/// <summary>
/// What tells series apart: the colours of the common look, and dashes, markers and patterns, which go with them for print in grey.
/// </summary>
public static class Palette
{
    /// <summary>The colours as #RRGGBB, in the order in which series get them.</summary>
    public static IReadOnlyList<string> Colors => PlotlyTemplate.Colors;

    internal const string Neutral = PlotlyTemplate.Neutral;

    internal static IReadOnlyList<string> Dashes { get; } = ["solid", "9px,3px", "2px,2px", "9px,3px,2px,3px", "16px,4px"];

    internal static IReadOnlyList<string> Symbols { get; } =
        ["circle", "square", "diamond", "triangle-up", "x", "triangle-down", "star", "cross"];

    internal static IReadOnlyList<string> Patterns { get; } = ["", "/", ".", "x", "\\", "-", "+", "|"];

    internal static T At<T>(IReadOnlyList<T> list, int index) => list[index % list.Count];

    internal static string WithOpacity(string color, double opacity)
    {
        var rgb = int.Parse(color.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return $"rgba({rgb >> 16},{(rgb >> 8) & 255},{rgb & 255},{opacity.ToString(CultureInfo.InvariantCulture)})";
    }
}
