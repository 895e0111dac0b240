using System.Text;
using System.Text.RegularExpressions;

namespace RnnBook.Cli;

/// <summary>Console output as html: colours and weights of ANSI sequences become spans, other sequences and overwritten text go.</summary>
internal static partial class TerminalText
{
    private static readonly string[] Names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

    /// <summary>The text without any escape sequence.</summary>
    public static string Plain(string text) => EscapeSequence().Replace(text, "");

    /// <summary>The text as html with classes <c>ansi-bold</c>, <c>ansi-red</c>, <c>ansi-bg-red</c> and so on.</summary>
    public static string ToHtml(string text)
    {
        var style = Style.None;
        return ToHtml(text, ref style);
    }

    /// <summary>A part of a longer text, which begins in the style in which the part before it ended.</summary>
    public static string ToHtml(string text, ref Style style)
    {
        text = Overwritten(text);
        var html = new StringBuilder();
        var from = 0;
        foreach (Match sequence in EscapeSequence().Matches(text))
        {
            Append(html, text[from..sequence.Index], style);
            from = sequence.Index + sequence.Length;
            if (sequence.Groups["sgr"] is { Success: true } codes)
            {
                style = style.After(codes.Value);
            }
        }

        Append(html, text[from..], style);
        return html.ToString();
    }

    /// <summary>A carriage return starts its line anew, as a progress line does.</summary>
    private static string Overwritten(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        return string.Join('\n', lines.Select(line => line.TrimEnd('\r')).Select(line => line[(line.LastIndexOf('\r') + 1)..]));
    }

    private static void Append(StringBuilder html, string text, Style style)
    {
        if (text.Length > 0)
        {
            var classes = string.Join(' ', style.Classes);
            html.Append(classes.Length == 0 ? Html.Escape(text) : $"<span class=\"{classes}\">{Html.Escape(text)}</span>");
        }
    }

    [GeneratedRegex(@"\e\[(?<sgr>[\d;]*)m|\e\[[0-?]*[ -/]*[@-~]|\e\][^\a\e]*(\a|\e\\)|\e[@-Z\\-_]")]
    private static partial Regex EscapeSequence();

    /// <summary>What the sequences so far have switched on.</summary>
    internal sealed record Style(bool Bold, bool Italic, bool Underline, string? Color, string? Background)
    {
        public static Style None { get; } = new(false, false, false, null, null);

        public IEnumerable<string> Classes => new[]
        {
            Bold ? "ansi-bold" : "", Italic ? "ansi-italic" : "", Underline ? "ansi-underline" : "",
            Color is null ? "" : $"ansi-{Color}", Background is null ? "" : $"ansi-bg-{Background}",
        }.Where(name => name.Length > 0);

        public Style After(string codes)
        {
            var style = this;
            var numbers = codes.Split(';').Select(code => int.TryParse(code, out var number) ? number : 0).ToArray();
            for (var i = 0; i < numbers.Length; i++)
            {
                if (numbers[i] is 38 or 48)
                {
                    // A colour of the large palettes: the text keeps the page's own, which is readable in both themes.
                    i += numbers.ElementAtOrDefault(i + 1) == 2 ? 4 : 2;
                    continue;
                }

                style = style.After(numbers[i]);
            }

            return style;
        }

        private Style After(int code) => code switch
        {
            0 => None,
            1 => this with { Bold = true },
            3 => this with { Italic = true },
            4 => this with { Underline = true },
            22 => this with { Bold = false },
            23 => this with { Italic = false },
            24 => this with { Underline = false },
            39 => this with { Color = null },
            49 => this with { Background = null },
            >= 30 and <= 37 => this with { Color = Names[code - 30] },
            >= 90 and <= 97 => this with { Color = Names[code - 90] },
            >= 40 and <= 47 => this with { Background = Names[code - 40] },
            >= 100 and <= 107 => this with { Background = Names[code - 100] },
            _ => this,
        };
    }
}
