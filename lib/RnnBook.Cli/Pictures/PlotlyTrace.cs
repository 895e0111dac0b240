using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RnnBook.Cli;

/// <summary>A trace of a figure: its values and its look.</summary>
internal sealed partial class PlotlyTrace(JsonElement json, string usualColor, string usualName)
{
    public JsonElement Json { get; } = json;

    public string Type { get; } = json.At("type").IsThere() ? json.At("type").Text() ?? "" : "scatter";

    public string Name { get; } = json.At("name").Text() ?? usualName;

    public string XAxis { get; } = json.At("xaxis").Text() ?? "x";

    public string YAxis { get; } = json.At("yaxis").Text() ?? "y";

    public bool IsHorizontal => Json.At("orientation").Text() == "h";

    public bool IsShown => Json.ValueKind == JsonValueKind.Object && !Json.At("visible").IsFalse() && Json.At("visible").Text() != "legendonly";

    public IReadOnlyList<PlotlyValue> X => field ??= ValuesOf("x", "y");

    public IReadOnlyList<PlotlyValue> Y => field ??= ValuesOf("y", "x");

    public string Color { get; } = PictureColor.Of(json.At("line", "color"), PictureColor.Of(json.At("marker", "color"), usualColor));

    public string FillColor => PictureColor.Of(Json.At("marker", "color"), Color);

    public string EdgeColor => PictureColor.Of(Json.At("marker", "line", "color"), FillColor);

    public double LineWidth => Math.Clamp(Json.At("line", "width").Number() ?? 2, 0, 30);

    public double Opacity => Math.Clamp(Json.At("opacity").Number() ?? 1, 0, 1);

    public bool HasLines => Mode.Contains("lines", StringComparison.Ordinal) && LineWidth > 0;

    public bool HasMarkers => Mode.Contains("markers", StringComparison.Ordinal);

    private string Mode => Json.At("mode").Text() ?? (X.Count < 20 ? "lines+markers" : "lines");

    /// <summary>Whether a picture of it would say what plotly.js shows.</summary>
    public bool CanBeDrawn => AxisName().IsMatch(XAxis) && AxisName().IsMatch(YAxis) && XAxis[0] == 'x' && YAxis[0] == 'y' && AreValues("x") && AreValues("y") && !Json.At("coloraxis").IsThere() && Type switch
    {
        "scatter" or "scattergl" => Json.At("fill").Text() is null or "none" or "toself" or "tonexty" or "tozeroy" && Json.At("line", "shape").Text() is null or "linear" or "spline"
            && !Mode.Contains("text", StringComparison.Ordinal) && !Json.At("stackgroup").IsThere() && IsOne("color") && IsOne("size") && IsOne("symbol") && Errors.All(CanBeDrawnOf),
        "bar" => !Json.At("base").IsThere() && !Json.At("offset").IsThere() && IsOne("color") && Errors.All(CanBeDrawnOf),
        "heatmap" => PictureColor.Scale(Json.At("colorscale")) is not null,
        _ => false,
    };

    private IEnumerable<JsonElement> Errors => [Json.At("error_x"), Json.At("error_y")];

    /// <summary>How far the error bar of a point reaches down and up, in values; null where it has none.</summary>
    public (double Down, double Up)? Error(string name, int index)
    {
        var error = Json.At(name);
        var up = error.At("array").Items().ElementAtOrDefault(index).Number();
        var down = error.At("arrayminus").IsThere() && !error.At("symmetric").IsTrue() ? error.At("arrayminus").Items().ElementAtOrDefault(index).Number() : up;
        return error.At("visible").IsFalse() || (up ?? down) is null ? null : (down ?? 0, up ?? 0);
    }

    /// <summary>The dashes of a line as svg takes them; null for a line without.</summary>
    public static string? Dash(JsonElement line, double width)
    {
        var dot = Math.Max(3, width);
        return line.At("dash").Text() switch
        {
            "dot" => $"{dot},{dot}",
            "dash" => $"{3 * dot},{3 * dot}",
            "longdash" => $"{5 * dot},{5 * dot}",
            "dashdot" => $"{3 * dot},{dot},{dot},{dot}",
            "longdashdot" => $"{5 * dot},{2 * dot},{dot},{2 * dot}",
            { } own when Pixels().IsMatch(own) => own.Replace("px", "", StringComparison.Ordinal),
            _ => null,
        };
    }

    /// <summary>What its entry in a legend shows, 34 pixels wide around a height.</summary>
    public IEnumerable<XElement> Sample(double x, double y)
    {
        if (Type == "bar")
        {
            yield return PictureSvg.Box(x + 10, y - 7, 14, 14, FillColor, EdgeColor);
            if (PictureMarker.Pattern(this) is { } pattern)
            {
                yield return PictureSvg.Box(x + 10, y - 7, 14, 14, pattern.Fill);
            }

            yield break;
        }

        if (HasLines)
        {
            yield return PictureSvg.Line(x, y, x + 34, y, Color, LineWidth, dash: Dash(Json.At("line"), LineWidth));
        }

        if (HasMarkers)
        {
            yield return PictureMarker.Draw(this, [(x + 17, y)]);
        }
    }

    private static bool CanBeDrawnOf(JsonElement error) => !error.IsThere() || error.At("visible").IsFalse() || error.At("array").ValueKind == JsonValueKind.Array;

    private bool AreValues(string name) => !Json.At(name).IsThere() || Json.At(name).Values() is not null;

    /// <summary>Whether a property of its marks is the same for all of them.</summary>
    private bool IsOne(string property) => Json.At("marker", property).ValueKind is not (JsonValueKind.Array or JsonValueKind.Object);

    /// <summary>Where only the other values are given, these count.</summary>
    private IReadOnlyList<PlotlyValue> ValuesOf(string name, string other)
    {
        var (first, step) = (Json.At(name + "0").Number() ?? 0, Json.At("d" + name).Number() ?? 1);
        return Json.At(name).Values() ?? [.. (Json.At(other).Values() ?? []).Select((_, index) => new PlotlyValue(first + (index * step), null))];
    }

    [GeneratedRegex(@"^[xy]\d{0,3}$")]
    private static partial Regex AxisName();

    [GeneratedRegex(@"^[\d.]+(px)?(, *[\d.]+(px)?)*$")]
    private static partial Regex Pixels();
}
