using System.Xml.Linq;

namespace RnnBook.Cli;

/// <summary>An axis with what stands at it: grid, labels, title.</summary>
/// <param name="axis">The axis.</param>
/// <param name="other">The axis whose lower end it meets.</param>
internal sealed class AxisDrawing(PictureAxis axis, PictureAxis other)
{
    private const double Gap = 6;

    private readonly IReadOnlyList<AxisTick> ticks = AxisTicks.Of(axis);

    /// <summary>Whether it stands at the edge of the figure, so that a margin must hold it.</summary>
    public bool IsOuter => other.Domain.Low < 0.01;

    /// <summary>The pixels it takes below, or to the left of, the drawing.</summary>
    public double Room => Gap + LabelRoom + (Title.Length > 0 ? 8 + (new PictureText(Title, TitleSize).Height) : 2);

    /// <summary>How far turned words reach beyond the right end of the figure.</summary>
    public double Overhang => IsTilted && axis.Domain.High > 0.99 ? (Widest * Math.Cos(Tilt * Math.PI / 180)) - (axis.Length / axis.Categories.Count / 2) : 0;

    private string Title => axis.Layout.Title();

    private static double TitleSize => PictureText.Size;

    private double LabelSize => Math.Clamp((axis.Layout.At("tickfont", "size").Number() ?? PictureText.Size) * (axis.IsLog && axis.Layout.At("dtick").IsThere() ? 1.2 : 1), 4, 40);

    private double Widest => ticks.Select(tick => new PictureText(tick.Label, LabelSize).Width).DefaultIfEmpty(0).Max();

    private double Spacing => ticks.Count > 1 ? ticks.Zip(ticks.Skip(1), (a, b) => Math.Abs(axis.Pixel(b.At) - axis.Pixel(a.At))).Min() : axis.Length;

    /// <summary>The degrees by which long words are turned that have no room side by side.</summary>
    private double Tilt => Spacing < 2 * LabelSize ? 90 : 30;

    private bool IsTilted => axis.IsX && axis.IsCategory && Widest + Gap > Spacing;

    private double LabelRoom => ticks.Count == 0 ? 0 : !axis.IsX ? Widest : IsTilted ? (Tilt < 90 ? LabelSize : 0) + (Widest * Math.Sin(Tilt * Math.PI / 180)) : LabelSize * PictureText.LineHeight;

    public IEnumerable<XElement> Grid()
    {
        foreach (var tick in ticks.Where(_ => axis.IsCategory ? axis.Layout.At("showgrid").IsTrue() : !axis.Layout.At("showgrid").IsFalse()))
        {
            yield return Across(tick.At, 0.25);
        }

        if (!axis.IsLog && !axis.IsCategory && !axis.Layout.At("zeroline").IsFalse() && axis.Low <= 0 && axis.High >= 0)
        {
            yield return Across(0, 0.5);
        }
    }

    public IEnumerable<XElement> Words()
    {
        var edge = other.Place.Start;
        var needed = axis.IsX ? Widest + Gap : LabelSize * 1.1;
        var every = IsTilted ? 1 : Math.Max(1, (int)Math.Ceiling(needed / Math.Max(1, Spacing)));
        foreach (var tick in ticks.Where((_, index) => index % every == 0))
        {
            var (label, at) = (new PictureText(tick.Label, LabelSize), axis.Pixel(tick.At));
            yield return !axis.IsX ? label.Draw(edge - Gap, at + (LabelSize / 3), "end")
                : IsTilted ? label.Draw(at - 4, edge + Gap + (Tilt < 90 ? LabelSize * 0.8 : 0), "start", angle: Tilt)
                : label.Draw(at, edge + Gap + LabelSize, "middle");
        }

        if (Title.Length > 0)
        {
            var (title, middle) = (new PictureText(Title, TitleSize), (axis.Place.Start + axis.Place.End) / 2);
            yield return axis.IsX
                ? title.Draw(middle, edge + Gap + LabelRoom + 6 + TitleSize, "middle", Math.Max(axis.Length * 1.15, 60))
                : title.Draw(edge - Room + TitleSize, middle, "middle", Math.Max(axis.Length * 1.15, 60), -90);
        }
    }

    private XElement Across(double coordinate, double opacity)
    {
        var at = axis.Pixel(coordinate);
        return axis.IsX
            ? PictureSvg.Line(at, other.Place.Start, at, other.Place.End, PictureColor.Neutral, opacity: opacity)
            : PictureSvg.Line(other.Place.Start, at, other.Place.End, at, PictureColor.Neutral, opacity: opacity);
    }
}
