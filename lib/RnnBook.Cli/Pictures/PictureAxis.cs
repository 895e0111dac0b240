using System.Text.Json;
using System.Text.RegularExpressions;

namespace RnnBook.Cli;

/// <summary>
/// An axis: from values to pixels. It learns all values first, since they say whether it counts, multiplies or names, and how far it reaches. A
/// coordinate is a value, the logarithm of one, or a word's number.
/// </summary>
internal sealed partial class PictureAxis(string id, JsonElement layout)
{
    /// <summary>What plotly.js leaves free at an end with marks on it.</summary>
    private const double Padding = 0.05;

    private readonly Dictionary<string, int> categories = [];
    private (double Low, double High) tight = (double.PositiveInfinity, double.NegativeInfinity);
    private (double Low, double High) padded = (double.PositiveInfinity, double.NegativeInfinity);
    private double padding;
    private int numbers;
    private int words;

    public JsonElement Layout { get; } = layout;

    public bool IsX { get; } = id[0] == 'x';

    public bool IsLog { get; } = layout.At("type").Text() == "log";

    public bool IsCategory => !IsLog && (Layout.At("type").Text() == "category" || (!Layout.At("type").IsThere() && words > 2 * numbers));

    /// <summary>Its words in the order in which they came.</summary>
    public IReadOnlyList<string> Categories => [.. categories.OrderBy(word => word.Value).Select(word => word.Key)];

    /// <summary>Coordinates of the two ends; the first may be the higher.</summary>
    public (double Start, double End) Range { get; set; }

    /// <summary>Pixels of the two ends: left and right, or bottom and top.</summary>
    public (double Start, double End) Place { get; set; }

    public double Low => Math.Min(Range.Start, Range.End);

    public double High => Math.Max(Range.Start, Range.End);

    public double Length => Math.Abs(Place.End - Place.Start);

    /// <summary>Where it lies in the drawing area, from 0 to 1.</summary>
    public (double Low, double High) Domain { get; } = layout.At("domain").Items().Select(PlotlyJson.Number).ToList() is [{ } low, { } high] && low > -0.01 && high > low && high < 1.01
        ? (low, high) : (0, 1);

    /// <summary>Dates, axes over others and shared ranges are not drawn.</summary>
    public bool CanBeDrawn => Layout.At("type").Text() is null or "-" or "linear" or "log" or "category"
        && !Layout.At("overlaying").IsThere() && !Layout.At("matches").IsThere() && !categories.Keys.Any(word => Date().IsMatch(word));

    public void Learn(IEnumerable<PlotlyValue> values)
    {
        foreach (var value in values)
        {
            numbers += value.Number is null ? 0 : 1;
            words += value is { Number: null, Word: not null } ? 1 : 0;
            if (value.ToString() is { Length: > 0 } word)
            {
                categories.TryAdd(word, categories.Count);
            }
        }
    }

    /// <summary>A value's coordinate; null where the axis has no place for it.</summary>
    public double? Coordinate(PlotlyValue value) =>
        IsCategory ? (categories.TryGetValue(value.ToString(), out var place) ? place : value.Number)
        : !IsLog ? value.Number
        : value.Number > 0 ? Math.Log10(value.Number.Value) : null;

    public double Pixel(double coordinate) => Place.Start + ((coordinate - Range.Start) / (Range.End - Range.Start) * (Place.End - Place.Start));

    /// <summary>Something reaches to this coordinate.</summary>
    /// <param name="coordinate">Where.</param>
    /// <param name="margin">Pixels free beyond it, and the usual share of the length; null for none.</param>
    public void Include(double coordinate, double? margin)
    {
        if (margin is { } pixels)
        {
            padded = (Math.Min(padded.Low, coordinate), Math.Max(padded.High, coordinate));
            padding = Math.Max(padding, pixels);
        }
        else
        {
            tight = (Math.Min(tight.Low, coordinate), Math.Max(tight.High, coordinate));
        }
    }

    /// <summary>Chooses the range where the figure does not say it.</summary>
    public void SetRange()
    {
        var (low, high) = (Math.Min(tight.Low, padded.Low), Math.Max(tight.High, padded.High));
        if (low > high)
        {
            (low, high) = IsLog ? (0, 1) : (-1, 6);
        }

        var share = Math.Min(0.4, Padding + (padding / Math.Max(1, Length)));
        var free = (high - low) * share / (1 - (2 * share));
        (low, high) = high - low > 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)) && high - low > 1e-250
            ? (tight.Low < padded.Low ? low : low - free, tight.High > padded.High ? high : high + free)
            : (low - Math.Max(1, Math.Abs(low) / 10), high + Math.Max(1, Math.Abs(high) / 10));
        var (start, end) = Layout.At("autorange").Text() == "reversed" ? (high, low) : (low, high);
        var given = Layout.At("range").Items().Select(PlotlyJson.Number).ToList();
        (start, end) = (given.ElementAtOrDefault(0) ?? start, given.ElementAtOrDefault(1) ?? end);
        Range = Math.Abs(end - start) > 1e-12 * Math.Max(Math.Abs(start), Math.Abs(end)) && Math.Abs(end - start) > 1e-250 && (!IsLog || Math.Max(Math.Abs(start), Math.Abs(end)) < 300)
            ? (start, end) : (low, high);
    }

    /// <summary>Gives both axes the same number of pixels a unit, by making one shorter, or longer what it shows.</summary>
    public void KeepScaleOf(PictureAxis other)
    {
        var ratio = Length / (High - Low) / (other.Length / (other.High - other.Low));
        var (larger, share) = ratio > 1 ? (this, 1 / ratio) : (other, ratio);
        if (larger.Layout.At("constrain").Text() == "domain")
        {
            larger.Place = Around(larger.Place, share);
        }
        else
        {
            larger.Range = Around(larger.Range, 1 / share);
        }

        static (double, double) Around((double Start, double End) ends, double share)
        {
            var (middle, half) = ((ends.Start + ends.End) / 2, share * (ends.End - ends.Start) / 2);
            return (middle - half, middle + half);
        }
    }

    [GeneratedRegex(@"^\d{4}-\d{1,2}(-\d|$)")]
    private static partial Regex Date();
}
