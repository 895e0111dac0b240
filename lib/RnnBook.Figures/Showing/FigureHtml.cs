using System.Net;
using System.Text.RegularExpressions;

namespace RnnBook.Figures;

/// <summary>A figure as html: a fragment for a notebook's output, or a whole page.</summary>
internal static partial class FigureHtml
{
    private static readonly Lazy<string> PageTemplate = new(ReadPage);

    public static string Fragment(Figure figure) => PlotlyHtml.Fragment(FigureWriter.Write(figure), figure.AlternativeText);

    /// <param name="figure">The figure.</param>
    /// <param name="plotlyScript">Text of plotly.min.js to put into the page; null refers to its address.</param>
    public static string Page(Figure figure, string? plotlyScript)
    {
        var script = plotlyScript is null ? "" : $"<script>{plotlyScript.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)}</script>";
        return Place().Replace(PageTemplate.Value, place => place.Groups[1].Value switch
        {
            "title" => WebUtility.HtmlEncode(Text.Plain(figure.Title)),
            "plotly" => script,
            _ => Fragment(figure),
        });
    }

    [GeneratedRegex("{{(title|plotly|figure)}}")]
    private static partial Regex Place();

    private static string ReadPage()
    {
        using var stream = typeof(FigureHtml).Assembly.GetManifestResourceStream("page.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
