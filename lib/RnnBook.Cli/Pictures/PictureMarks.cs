using System.Text.Json;
using System.Xml.Linq;

namespace RnnBook.Cli;

/// <summary>What a layout adds to the data: lines and boxes (plotly's shapes), notes and panel titles (its annotations).</summary>
internal sealed class PictureMarks(JsonElement layout, IReadOnlyDictionary<string, PictureAxis> axes)
{
    private const double LabelGap = 4;

    private static readonly string[] OfShapes = ["x0", "x1", "y0", "y1"];

    private static readonly string[] OfNotes = ["x", "y"];

    private IEnumerable<JsonElement> Shapes => layout.At("shapes").Items().Where(shape => !shape.At("visible").IsFalse());

    private IEnumerable<JsonElement> Notes => layout.At("annotations").Items().Where(note => !note.At("visible").IsFalse());

    /// <summary>Shapes of free form are not drawn.</summary>
    public bool CanBeDrawn => Shapes.All(shape => shape.At("type").Text() is "line" or "rect" && !shape.At("xsizemode").IsThere() && !shape.At("ysizemode").IsThere())
        && Notes.All(note => note.At("axref").Text() is null or "pixel" && note.At("ayref").Text() is null or "pixel");

    /// <summary>An axis reaches as far as what points to a place of it.</summary>
    public void Reach()
    {
        foreach (var (mark, names, isNote) in Shapes.Select(shape => (shape, OfShapes, false)).Concat(Notes.Select(note => (note, OfNotes, true))))
        {
            foreach (var name in names)
            {
                if (axes.GetValueOrDefault(mark.At($"{name[0]}ref").Text() ?? "") is { } axis && Coordinate(axis, mark.At(name), isNote) is { } at)
                {
                    axis.Include(at, null);
                }
            }
        }
    }

    /// <summary>The shapes that lie below the data, or those above.</summary>
    public IEnumerable<XElement> DrawShapes(PictureArea area, bool below)
    {
        foreach (var shape in Shapes.Where(shape => shape.At("layer").Text() == "below" == below))
        {
            if (Place(area, shape, "x", "x0") is { } x0 && Place(area, shape, "x", "x1") is { } x1 && Place(area, shape, "y", "y0") is { } y0 && Place(area, shape, "y", "y1") is { } y1)
            {
                var width = Math.Clamp(shape.At("line", "width").Number() ?? 2, 0, 30);
                var color = PictureColor.Of(shape.At("line", "color"), PictureColor.Neutral);
                var drawn = shape.At("type").Text() == "line"
                    ? PictureSvg.Line(x0, y0, x1, y1, color, width, dash: PlotlyTrace.Dash(shape.At("line"), width))
                    : PictureSvg.Box(Math.Min(x0, x1), Math.Min(y0, y1), Math.Abs(x1 - x0), Math.Abs(y1 - y0), PictureColor.Of(shape.At("fillcolor"), "none"), width > 0 ? color : null);
                drawn.SetAttributeValue("opacity", shape.At("opacity").Number() is { } opacity and >= 0 and < 1 ? $"{opacity:0.##}" : null);
                yield return drawn;
                if (shape.At("label", "text").Text() is { Length: > 0 } words)
                {
                    yield return Label(shape.At("label"), new PictureText(words), x0, y0, x1, y1);
                }
            }
        }
    }

    public IEnumerable<XElement> DrawNotes(PictureArea area)
    {
        foreach (var note in Notes)
        {
            if (Place(area, note, "x", "x") is { } x && Place(area, note, "y", "y") is { } y)
            {
                var size = Math.Clamp(note.At("font", "size").Number() ?? PictureText.Size, 4, 60);
                var text = new PictureText(note.At("text").Text() ?? "", size);
                var hasArrow = !note.At("showarrow").IsFalse();
                var (textX, textY) = hasArrow
                    ? (x + Math.Clamp(note.At("ax").Number() ?? -10, -400, 400), y + Math.Clamp(note.At("ay").Number() ?? -30, -400, 400))
                    : (x + Shift(note, "xshift"), y - Shift(note, "yshift"));
                if (hasArrow)
                {
                    yield return PictureSvg.Line(textX, textY + (Math.Sign(y - textY) * text.Height / 2), x, y, PictureColor.Neutral, 1.2);
                    yield return PictureSvg.Element("circle", ("cx", x), ("cy", y), ("r", 2.5), ("fill", PictureColor.Neutral));
                }

                var anchor = hasArrow ? "center" : note.At("xanchor").Text() is "left" or "center" or "right" ? note.At("xanchor").Text()! : Side(note, "x", "left", "center", "right");
                var stands = hasArrow ? "middle" : note.At("yanchor").Text() is "top" or "middle" or "bottom" ? note.At("yanchor").Text()! : Side(note, "y", "bottom", "middle", "top");
                var first = textY + (size * 0.95) - (stands switch { "top" => 0, "middle" => text.Height / 2, _ => text.Height });
                yield return text.Draw(textX, first, Anchor(anchor));
            }
        }
    }

    /// <summary>A shape takes values, a note on a logarithmic axis their logarithms.</summary>
    private static double? Coordinate(PictureAxis axis, JsonElement place, bool isNote) =>
        isNote && axis.IsLog ? place.Number() : axis.Coordinate(PlotlyValue.Of(place));

    private static double Shift(JsonElement note, string name) => Math.Clamp(note.At(name).Number() ?? 0, -400, 400);

    /// <summary>In the drawing area a note without anchor lies on the inner side of its place.</summary>
    private static string Side(JsonElement note, string name, string low, string middle, string high) =>
        note.At(name + "ref").Text() is not (null or "paper") || note.At(name).Number() is not { } at ? middle : at < 1.0 / 3 ? low : at > 2.0 / 3 ? high : middle;

    private static string Anchor(string side) => side switch { "left" => "start", "right" => "end", _ => "middle" };

    /// <summary>A line's words, at its beginning, middle or end.</summary>
    private static XElement Label(JsonElement label, PictureText text, double x0, double y0, double x1, double y1)
    {
        var position = label.At("textposition").Text() ?? "middle";
        var side = label.At("xanchor").Text() is "left" or "center" or "right" ? label.At("xanchor").Text()! : position switch { "start" => "left", "end" => "right", _ => "center" };
        var (x, y) = position switch { "start" => (x0, y0), "end" => (x1, y1), _ => ((x0 + x1) / 2, (y0 + y1) / 2) };
        var shift = side switch { "left" => LabelGap, "right" => -LabelGap, _ => 0 };
        var line = label.At("yanchor").Text() switch { "top" => y + LabelGap + (PictureText.Size * 0.8), "middle" => y + (PictureText.Size / 3), _ => y - LabelGap };
        return text.Draw(x + shift, line, Anchor(side));
    }

    private double? Place(PictureArea area, JsonElement mark, string direction, string name)
    {
        var reference = (mark.At(direction + "ref").Text() ?? direction).Split(' ');
        var value = mark.At(name);
        if (reference[0] == "paper")
        {
            return value.Number() is { } share ? (direction == "x" ? area.X(share) : area.Y(share)) : null;
        }

        return axes.GetValueOrDefault(reference[0]) is not { } axis || axis.IsX != (direction == "x") ? null
            : reference.Length > 1 ? (value.Number() is { } part ? axis.Place.Start + (part * (axis.Place.End - axis.Place.Start)) : null)
            : Coordinate(axis, value, mark.At("text").IsThere()) is { } coordinate ? axis.Pixel(coordinate) : null;
    }
}
