namespace RnnBook.Cli;

/// <summary>A mark on an axis.</summary>
/// <param name="At">Its coordinate.</param>
/// <param name="Label">What stands there, with plotly's tags.</param>
internal readonly record struct AxisTick(double At, string Label);

/// <summary>Where an axis has marks and what they say, by the rules of plotly.js, so that the picture is what it later draws.</summary>
internal static class AxisTicks
{
    private const int Most = 60;

    private static readonly string[] Suffixes = ["f", "p", "n", "μ", "m", "", "k", "M", "B", "T"];

    public static IReadOnlyList<AxisTick> Of(PictureAxis axis)
    {
        var (before, after) = (axis.Layout.At("tickprefix").Text() ?? "", axis.Layout.At("ticksuffix").Text() ?? "");
        var ticks = axis.Layout.At("showticklabels").IsFalse() ? []
            : axis.Layout.At("tickvals").Values() is { } values ? Given(axis, values)
            : axis.IsCategory ? Thinned(axis.Categories.Select((word, index) => new AxisTick(index, word)), axis)
            : axis.IsLog ? Log(axis)
            : Linear(axis);
        var margin = 1e-6 * (axis.High - axis.Low);
        return [.. ticks.Where(tick => tick.At >= axis.Low - margin && tick.At <= axis.High + margin).Take(Most)
            .Select(tick => tick with { Label = before + tick.Label + after })];
    }

    private static IEnumerable<AxisTick> Given(PictureAxis axis, IReadOnlyList<PlotlyValue> values)
    {
        var words = axis.Layout.At("ticktext").Values() ?? [];
        return values.Select((value, index) => (At: axis.Coordinate(value), Word: index < words.Count ? words[index] : value))
            .Where(tick => tick.At is not null).Select(tick => new AxisTick(tick.At!.Value, tick.Word.ToString()));
    }

    /// <summary>Every second, or third, where all have no room.</summary>
    private static IEnumerable<AxisTick> Thinned(IEnumerable<AxisTick> ticks, PictureAxis axis)
    {
        var every = Math.Max(1, (int)Math.Ceiling(PictureText.Size * axis.Categories.Count / Math.Max(1, axis.Length)));
        return ticks.Where((_, index) => index % every == 0);
    }

    private static IEnumerable<AxisTick> Linear(PictureAxis axis)
    {
        var step = Step(axis);
        var exponent = TickExponent(Math.Max(Math.Abs(axis.Low), Math.Abs(axis.High)));
        return Multiples(axis, step).Select(value => new AxisTick(value, Label(value, exponent)));
    }

    private static IEnumerable<AxisTick> Log(PictureAxis axis)
    {
        var power = axis.Layout.At("exponentformat").Text() == "power";
        var wanted = Count(axis);
        if (axis.Layout.At("dtick").Number() is not null || axis.High - axis.Low > wanted / 3.0)
        {
            var step = axis.Layout.At("dtick").Number() ?? Math.Max(1, Math.Ceiling((axis.High - axis.Low) / wanted));
            return Multiples(axis, step > 0 ? Math.Max(1, step) : 1).Select(at => new AxisTick(at, power ? Power(at) : Short(Math.Pow(10, at))));
        }

        foreach (var digits in new int[][] { [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9] })
        {
            var ticks = Multiples(new PictureRange(Math.Floor(axis.Low), axis.High), 1).SelectMany(at => digits.Select(digit => at + Math.Log10(digit)))
                .Where(at => at >= axis.Low && at <= axis.High).Select(at => new AxisTick(at, Short(Math.Pow(10, at)))).ToList();
            if (ticks.Count > 1)
            {
                return ticks;
            }
        }

        var plain = new PictureRange(Math.Pow(10, axis.Low), Math.Pow(10, axis.High));
        return Multiples(plain, Rounded((plain.High - plain.Low) / wanted)).Select(value => new AxisTick(Math.Log10(value), Short(value)));
    }

    private static double Step(PictureAxis axis)
    {
        var given = axis.Layout.At("dtick").Number() ?? 0;
        return given > 0 && (axis.High - axis.Low) / given < Most ? given : Rounded((axis.High - axis.Low) / Count(axis));
    }

    private static double Count(PictureAxis axis) => Math.Clamp(axis.Length / (axis.IsX ? 80 : 40), 4, 9) + 1;

    /// <summary>The next of 1, 2, 5 times a power of ten.</summary>
    private static double Rounded(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * (step / power <= 2 ? 2 : step / power <= 5 ? 5 : 10);
    }

    private static IEnumerable<double> Multiples(PictureAxis axis, double step) => Multiples(new PictureRange(axis.Low, axis.High), step);

    private static IEnumerable<double> Multiples(PictureRange range, double step)
    {
        var first = Math.Ceiling((range.Low / step) - 1e-6);
        var count = Math.Floor((range.High / step) + 1e-6) - first + 1;
        return double.IsFinite(first) && count is > 0 and <= 10 * Most ? Enumerable.Range(0, (int)count).Select(index => (first + index) * step) : [];
    }

    /// <summary>Thousands and more, thousandths and less have a letter in place of their zeros.</summary>
    private static int TickExponent(double largest)
    {
        var exponent = largest > 0 ? (int)Math.Floor(Math.Log10(largest) + 0.01) : 0;
        return Math.Abs(exponent) > 3 ? 3 * (int)Math.Round((exponent - 1) / 3.0) : 0;
    }

    private static string Label(double value, int exponent)
    {
        var number = value / Math.Pow(10, exponent);
        var digits = Math.Abs(number) < 1e7 ? $"{Math.Round(number, 10):0.##########}" : $"{number:0.###e0}";
        var suffix = digits is "0" or "-0" ? "" : Suffixes.ElementAtOrDefault((exponent / 3) + 5) ?? $"×10<sup>{exponent}</sup>";
        return (digits == "-0" ? "0" : digits.Replace('-', '−')) + suffix;
    }

    private static string Short(double value)
    {
        var digits = double.Parse($"{value:G4}", System.Globalization.CultureInfo.InvariantCulture);
        return Label(digits, TickExponent(digits));
    }

    private static string Power(double exponent) => Math.Round(exponent, 4) switch
    {
        0 => "1",
        1 => "10",
        var power => $"10<sup>{$"{power:0.##}".Replace('-', '−')}</sup>",
    };

    private readonly record struct PictureRange(double Low, double High);
}
