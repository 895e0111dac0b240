using System.Text.Json;
using System.Xml.Linq;

namespace RnnBook.Cli;

/// <summary>Says which colour of a heatmap stands for which number.</summary>
/// <param name="layout">Where it stands and what marks it has.</param>
/// <param name="scale">Its colours.</param>
/// <param name="values">The numbers at its two ends.</param>
internal sealed class PictureColorBar(JsonElement layout, IReadOnlyList<(double At, string Color)> scale, (double Low, double High) values)
{
    private const double Thickness = 14;

    private const double Gap = 8;

    /// <summary>The margin that it needs at the right of the drawing area.</summary>
    /// <param name="width">From the left side of the area to the right side of the picture.</param>
    public double Margin(double width)
    {
        var labels = Ticks((200, 0)).Ticks.Select(tick => Thickness + 4 + new PictureText(tick.Label).Width);
        var own = Gap + labels.Append(new PictureText(layout.Title()).Width).Max() + 4;
        return width - ((width - own) / Math.Max(0.01, Across));
    }

    /// <summary>The colours, to be defined once a picture. The id follows from them: other pictures in the same page may have it, too.</summary>
    public XElement Definition
    {
        get
        {
            var gradient = PictureSvg.Element("linearGradient", ("id", Id), ("x1", "0"), ("y1", "1"), ("x2", "0"), ("y2", "0"));
            foreach (var (at, color) in scale)
            {
                gradient.Add(PictureSvg.Element("stop", ("offset", $"{at:0.####}"), ("stop-color", color)));
            }

            return gradient;
        }
    }

    private string Id => $"scale-{string.Concat(scale.SelectMany(stop => stop.Color).Where(char.IsAsciiLetterOrDigit))}";

    private double Across => Math.Clamp(layout.At("x").Number() ?? 1, 0, 1);

    public IEnumerable<XElement> Draw(PictureArea area)
    {
        var length = Math.Clamp(layout.At("len").Number() ?? 1, 0.01, 1);
        var middle = Math.Clamp(layout.At("y").Number() ?? 0.5, 0, 1);
        var title = new PictureText(layout.Title());
        var (left, top, bottom) = (area.X(Across) + Gap, area.Y(middle + (length / 2)), area.Y(middle - (length / 2)));
        top += layout.Title().Length > 0 ? title.Height + 6 : 0;
        yield return PictureSvg.Box(left, top, Thickness, bottom - top, $"url(#{Id})");
        yield return title.Draw(left, top - 12);
        var (axis, ticks) = Ticks((bottom, top));
        foreach (var tick in ticks)
        {
            yield return new PictureText(tick.Label).Draw(left + Thickness + 4, axis.Pixel(tick.At) + (PictureText.Size / 3));
        }
    }

    private (PictureAxis Axis, IReadOnlyList<AxisTick> Ticks) Ticks((double Start, double End) place)
    {
        var axis = new PictureAxis("y", layout) { Place = place };
        axis.Include(values.Low, null);
        axis.Include(values.High, null);
        axis.SetRange();
        return (axis, AxisTicks.Of(axis));
    }
}
