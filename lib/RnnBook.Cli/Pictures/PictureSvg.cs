using System.Text;
using System.Xml.Linq;

namespace RnnBook.Cli;

/// <summary>Elements of a picture, with coordinates of one decimal.</summary>
internal static class PictureSvg
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static XElement Element(string name, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        var element = new XElement(Svg + name);
        foreach (var (attribute, value) in attributes)
        {
            element.SetAttributeValue(attribute, value is double number ? $"{Near(number):0.#}" : value);
        }

        return element;
    }

    /// <summary>An opacity as an attribute takes it; null, which leaves it out, for what is opaque.</summary>
    public static string? Opacity(double share) => share < 1 ? $"{share:0.##}" : null;

    public static XElement Line(double x1, double y1, double x2, double y2, string color, double width = 1, double opacity = 1, string? dash = null) =>
        Element("path", ("d", new PicturePath().Move(x1, y1).Line(x2, y2).ToString()), ("stroke", color), ("stroke-width", width), ("fill", "none"),
            ("stroke-opacity", Opacity(opacity)), ("stroke-dasharray", dash));

    public static XElement Box(double x, double y, double width, double height, string fill, string? stroke = null) =>
        Element("rect", ("x", x), ("y", y), ("width", Math.Max(0, width)), ("height", Math.Max(0, height)), ("fill", fill), ("stroke", stroke));

    /// <summary>What lies far outside of the picture comes so near that its number stays short.</summary>
    public static double Near(double pixel) => double.IsFinite(pixel) ? Math.Clamp(pixel, -1e5, 1e5) : 0;
}

/// <summary>The text of a path: moves are absolute, lines relative to the point before, which makes them short.</summary>
internal sealed class PicturePath
{
    private readonly StringBuilder text = new();
    private (int X, int Y) last;

    public bool IsEmpty => text.Length == 0;

    public PicturePath Move(double x, double y)
    {
        last = Tenths(x, y);
        text.Append($"M{last.X / 10.0} {last.Y / 10.0}");
        return this;
    }

    public PicturePath Line(double x, double y)
    {
        var (before, here) = (last, Tenths(x, y));
        if (here != before)
        {
            text.Append($"l{(here.X - before.X) / 10.0} {(here.Y - before.Y) / 10.0}");
            last = here;
        }

        return this;
    }

    /// <summary>More of a path, relative to the last move.</summary>
    public PicturePath Add(string relative)
    {
        text.Append(relative);
        return this;
    }

    public override string ToString() => text.ToString();

    private static (int X, int Y) Tenths(double x, double y) => ((int)Math.Round(10 * PictureSvg.Near(x)), (int)Math.Round(10 * PictureSvg.Near(y)));
}
