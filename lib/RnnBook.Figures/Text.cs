using System.Globalization;
using System.Text.RegularExpressions;

namespace RnnBook.Figures;

/// <summary>Numbers and words as a reader wants them.</summary>
internal static partial class Text
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>A number to a few significant digits: 0.00123, 12.5, 3.2×10⁻⁷.</summary>
    public static string Number(double value, int digits = 3)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
        }

        var size = Math.Abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e6))
        {
            var parts = value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture).Split('E');
            var mantissa = parts[0].Contains('.') ? parts[0].TrimEnd('0').TrimEnd('.') : parts[0];
            return Minus($"{mantissa}×10{Superscript(int.Parse(parts[1], CultureInfo.InvariantCulture))}");
        }

        // Whole numbers keep all their digits: 1024 is not 1020.
        var text = value == Math.Floor(value)
            ? value.ToString("F0", CultureInfo.InvariantCulture)
            : ((decimal)value).ToString("G" + Math.Max(digits, (int)Math.Log10(size) + 1), CultureInfo.InvariantCulture);
        return Minus(text);
    }

    /// <summary>A number with the given number of decimals.</summary>
    public static string Fixed(double value, int decimals) => Minus(value.ToString("F" + decimals, CultureInfo.InvariantCulture));

    /// <summary>Text of a slider's value or a table's cell.</summary>
    public static string Short(object? value) => value switch
    {
        null => "",
        double or float or Half or decimal => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture), 4),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>Text for plotly, which reads a few html tags: those stay, any other &lt; is shown as it is.</summary>
    public static string ForPlotly(string text) => OtherTag().Replace(text, "&lt;");

    /// <summary>Text without those tags.</summary>
    public static string Plain(string text) => KnownTag().Replace(text.Replace("<br>", " ", StringComparison.Ordinal), "");

    /// <summary>Breaks long lines at spaces.</summary>
    public static string Wrap(string text, int width) => string.Join("<br>", text.Split("<br>").Select(line => WrapLine(line, width)));

    private static string WrapLine(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && Plain(line).Length + word.Length + 1 > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        lines.Add(line);
        return string.Join("<br>", lines);
    }

    private static string Superscript(int exponent) =>
        (exponent < 0 ? "⁻" : "") + string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(c => Superscripts[c - '0']));

    private static string Minus(string text) => text.Replace('-', '−');

    [GeneratedRegex("<(?!/?(b|i|em|sub|sup|br)>)")]
    private static partial Regex OtherTag();

    [GeneratedRegex("</?(b|i|em|sub|sup|br)>")]
    private static partial Regex KnownTag();
}
