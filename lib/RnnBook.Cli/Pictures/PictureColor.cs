using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RnnBook.Cli;

/// <summary>Colours of a picture: only plain ones get into it, so that a foreign figure brings no address.</summary>
internal static partial class PictureColor
{
    /// <summary>Grid and reference lines: a grey that reads on white and on dark.</summary>
    public const string Neutral = "#7f7f7f";

    private static readonly string[] Viridis =
    [
        "#440154", "#48186a", "#472d7b", "#424086", "#3b528b", "#33638d", "#2c728e", "#26828e", "#21918c", "#1fa088", "#28ae80", "#3fbc73", "#5ec962", "#84d44b",
        "#addc30", "#d8e219", "#fde725",
    ];

    /// <summary>The colour if it is one, else what is usual there.</summary>
    public static string Of(JsonElement color, string usual) => color.Text() is { } text && Plain().IsMatch(text) ? text : usual;

    /// <summary>The stops of a colour scale from 0 to 1; null for one that is not known here.</summary>
    public static IReadOnlyList<(double At, string Color)>? Scale(JsonElement scale)
    {
        if (scale.Text() == "Viridis")
        {
            return [.. Viridis.Select((color, index) => (index / (Viridis.Length - 1.0), color))];
        }

        var stops = scale.Items().Select(stop => stop.Items().ToList())
            .Select(stop => (At: stop.ElementAtOrDefault(0).Number() ?? -1, Color: stop.ElementAtOrDefault(1).Text() ?? "")).ToList();
        return stops.Count > 1 && stops.All(stop => stop.At is >= 0 and <= 1 && Parts(stop.Color) is not null) ? stops : null;
    }

    /// <summary>The colour at a place of the scale.</summary>
    public static string On(IReadOnlyList<(double At, string Color)> scale, double at)
    {
        var next = Math.Max(1, scale.TakeWhile(stop => stop.At < at).Count());
        var (from, to) = (scale[Math.Min(next, scale.Count - 1) - 1], scale[Math.Min(next, scale.Count - 1)]);
        var share = to.At > from.At ? Math.Clamp((at - from.At) / (to.At - from.At), 0, 1) : 1;
        return "#" + string.Concat(Parts(from.Color)!.Zip(Parts(to.Color)!, (a, b) => $"{(int)Math.Round(a + (share * (b - a))):x2}"));
    }

    /// <summary>Red, green and blue of #rrggbb or rgb(r,g,b).</summary>
    private static int[]? Parts(string color) =>
        Hex().Match(color) is { Success: true } hex
            ? [.. hex.Groups[1].Captures.Select(part => int.Parse(part.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture))]
            : Rgb().Match(color) is { Success: true } rgb
                ? [.. rgb.Groups[1].Captures.Select(part => Math.Min(255, int.Parse(part.ValueSpan, CultureInfo.InvariantCulture)))]
                : null;

    [GeneratedRegex(@"^(#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20}|rgba?\([\d.,% ]{5,40}\))$")]
    private static partial Regex Plain();

    [GeneratedRegex("^#([0-9a-fA-F]{2}){3}$")]
    private static partial Regex Hex();

    [GeneratedRegex(@"^rgb\((?:\s*(\d{1,3})\s*,?){3}\)$")]
    private static partial Regex Rgb();
}
