using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RnnBook.Cli;

/// <summary>Text as plotly.js reads it, with a few html tags, in lines. What is no tag or no character is left out.</summary>
internal sealed partial class PictureText
{
    /// <summary>The usual size in pixels.</summary>
    public const double Size = 13;

    /// <summary>What one line takes, in sizes.</summary>
    public const double LineHeight = 1.35;

    private const int Longest = 500;

    private readonly List<List<(string Text, Style Style)>> lines = [[]];

    public PictureText(string html, double size = Size)
    {
        var style = new Style(size, false, false, 0);
        var outer = new Stack<Style>();
        foreach (Match part in Piece().Matches(html.Length > Longest ? html[..Longest] + "…" : html))
        {
            var tag = part.Groups["tag"].Value.ToLowerInvariant();
            if (tag.Length == 0)
            {
                lines[^1].Add((Clean(part.Value), style));
            }
            else if (tag == "br")
            {
                lines.Add([]);
            }
            else if (part.Groups["end"].Length > 0)
            {
                style = outer.TryPop(out var before) ? before : style;
            }
            else
            {
                outer.Push(style);
                style = style.Within(tag, part.Groups["more"].Value);
            }
        }
    }

    public double Width => lines.Max(line => line.Sum(run => run.Style.Size * run.Text.Sum(WidthOf) * (run.Style.Bold ? 1.06 : 1)));

    public double Height => lines.Sum(HeightOf);

    /// <summary>The text on its first base line; smaller, if it would be wider than it may.</summary>
    public XElement Draw(double x, double y, string anchor = "start", double mostWidth = double.PositiveInfinity, double angle = 0)
    {
        var scale = Math.Min(1, mostWidth / Width);
        var text = PictureSvg.Element("text", ("x", x), ("y", y), ("text-anchor", anchor));
        if (angle != 0)
        {
            text.SetAttributeValue("transform", $"rotate({angle} {x:0.#} {y:0.#})");
        }

        var (down, shift) = (0.0, 0.0);
        foreach (var line in lines)
        {
            down += line == lines[0] ? 0 : HeightOf(line) * scale;
            foreach (var (index, (words, style)) in line.Index())
            {
                var run = PictureSvg.Element("tspan", ("font-size", style.Size * scale));
                run.SetAttributeValue("x", index == 0 && line != lines[0] ? $"{x:0.#}" : null);
                var up = style.Shift * style.Size * scale;
                run.SetAttributeValue("dy", down + shift - up is var by and not 0 ? $"{by:0.#}" : null);
                run.SetAttributeValue("font-weight", style.Bold ? "bold" : null);
                run.SetAttributeValue("font-style", style.Italic ? "italic" : null);
                run.Add(words);
                text.Add(run);
                (down, shift) = (0, up);
            }
        }

        return text;
    }

    private static double HeightOf(List<(string Text, Style Style)> line) => LineHeight * line.Select(run => run.Style.Size).DefaultIfEmpty(Size).Max();

    /// <summary>A letter's share of the size, in common sans-serif fonts.</summary>
    private static double WidthOf(char letter) => letter switch
    {
        'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or 'I' => 0.28,
        ' ' or 'f' or 't' or 'r' or '(' or ')' or '-' or '/' => 0.36,
        'm' or 'w' or 'M' or 'W' or '—' or '%' or '…' => 0.88,
        >= 'A' and <= 'Z' => 0.67,
        >= '\u2e80' => 1,
        _ => 0.57,
    };

    private static string Clean(string text) => string.Concat(WebUtility.HtmlDecode(text).EnumerateRunes()
        .Select(rune => rune.Value < ' ' ? new Rune(' ') : rune).Where(rune => rune.Value is not (0xfffe or 0xffff)));

    [GeneratedRegex("<(?<end>/?)(?<tag>[a-zA-Z]+)(?<more>[^<>]*)>|[^<]+|<")]
    private static partial Regex Piece();

    [GeneratedRegex(@"font-size:\s*(\d{1,2})px")]
    private static partial Regex FontSize();

    /// <param name="Size">In pixels.</param>
    /// <param name="Bold">Bold.</param>
    /// <param name="Italic">Italic.</param>
    /// <param name="Shift">How far above the line, in sizes.</param>
    private sealed record Style(double Size, bool Bold, bool Italic, double Shift)
    {
        public Style Within(string tag, string attributes) => tag switch
        {
            "b" or "strong" => this with { Bold = true },
            "i" or "em" => this with { Italic = true },
            "sup" => this with { Size = 0.72 * Size, Shift = Shift + 0.6 },
            "sub" => this with { Size = 0.72 * Size, Shift = Shift - 0.35 },
            "span" when FontSize().Match(attributes) is { Success: true } size => this with { Size = Math.Max(1, int.Parse(size.Groups[1].ValueSpan, CultureInfo.InvariantCulture)) },
            _ => this,
        };
    }
}
