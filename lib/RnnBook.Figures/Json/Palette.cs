using System.Globalization;

namespace RnnBook.Figures;

/// <summary>
/// What tells series apart: the colours of the common look, and dashes, markers and patterns, which go with them for print in grey.
/// </summary>
public static class Palette
{
    /// <summary>The colours as #RRGGBB, in the order in which series get them.</summary>
    public static IReadOnlyList<string> Colors => PlotlyTemplate.Colors;

    /// <summary>The places of those who come back chapter after chapter: who is who must not be learned anew with every figure.</summary>
    private static readonly Dictionary<string, int> Cast = new()
    {
        ["ReLU"] = 0,
        ["IRNN"] = 0,
        ["LSTM"] = 1,
        ["Swish"] = 1,
        ["tanh"] = 2,
        ["sigmoid"] = 3,
        ["GRU"] = 4,
        ["ELU"] = 4,
        ["Leaky ReLU"] = 5,
        ["linear"] = 6,
        ["identity"] = 6,
        ["np-RNN"] = 7,
        ["PReLU"] = 7,
    };

    internal const string Neutral = PlotlyTemplate.Neutral;

    internal static IReadOnlyList<string> Dashes { get; } = ["solid", "9px,3px", "2px,2px", "9px,3px,2px,3px", "16px,4px"];

    internal static IReadOnlyList<string> Symbols { get; } =
        ["circle", "square", "diamond", "triangle-up", "x", "triangle-down", "star", "cross"];

    internal static IReadOnlyList<string> Patterns { get; } = ["", "/", ".", "x", "\\", "-", "+", "|"];

    /// <summary>
    /// A place for each name: its own for one of the cast ("LSTM", "LSTM, chrono") unless an earlier name has it; the others get the first ones
    /// that are free.
    /// </summary>
    internal static IReadOnlyDictionary<string, int> Places(IReadOnlyList<string> names)
    {
        var places = new Dictionary<string, int>();
        foreach (var name in names)
        {
            if (Cast.TryGetValue(name.Split(',')[0], out var own) && !places.ContainsValue(own))
            {
                places[name] = own;
            }
        }

        foreach (var name in names.Where(name => !places.ContainsKey(name)))
        {
            places[name] = Enumerable.Range(0, names.Count).First(place => !places.ContainsValue(place));
        }

        return places;
    }

    internal static T At<T>(IReadOnlyList<T> list, int index) => list[index % list.Count];

    internal static string WithOpacity(string color, double opacity)
    {
        var rgb = int.Parse(color.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return $"rgba({rgb >> 16},{(rgb >> 8) & 255},{rgb & 255},{opacity.ToString(CultureInfo.InvariantCulture)})";
    }
}
