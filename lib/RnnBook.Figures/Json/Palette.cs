using System.Globalization;

namespace RnnBook.Figures;

/// <summary>
/// Eight colours that stay apart for every kind of colour vision and stand out on white and on dark pages: those of Okabe and
/// Ito (Color Universal Design, 2008), shifted until both held; their yellow and black, each lost on one of the two, are replaced.
/// Dashes, markers and patterns go with them, for print in grey.
/// </summary>
public static class Palette
{
    /// <summary>The colours as #RRGGBB, in the order in which series get them.</summary>
    public static IReadOnlyList<string> Colors { get; } =
        ["#1F78C8", "#C84E00", "#1E9E6B", "#C264A0", "#C79400", "#4FA8E0", "#737373", "#8B5CF6"];

    /// <summary>Text and reference lines where the page does not choose: readable on white and on dark.</summary>
    internal const string Neutral = "#7F7F7F";

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
