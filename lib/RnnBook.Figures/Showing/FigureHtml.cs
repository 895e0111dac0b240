using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RnnBook.Figures;

/// <summary>
/// A figure as html: a fragment for a notebook's output, which may share its page with others, be saved, and be opened years
/// later; or a whole page. Both hold the alternative text and replace it by the drawing once plotly.js is there.
/// </summary>
internal static partial class FigureHtml
{
    /// <summary>The one version of plotly.js that figures are written for and tested with.</summary>
    public const string PlotlyAddress = "https://cdn.jsdelivr.net/npm/plotly.js-dist-min@4.1.2/plotly.min.js";

    /// <summary>SHA-384 of that file as published.</summary>
    public const string PlotlyIntegrity = "sha384-hHv6D3tTUUBpp4tVv6t2Dc3oGuRhphmWOTKUR8jWyN0Pnon1g3iebKCNDNmKmxo8";

    private static readonly Lazy<string> DrawScript = new(() => Resource("draw.js"));

    private static readonly Lazy<string> PageTemplate = new(() => Resource("page.html"));

    public static string Fragment(Figure figure)
    {
        var id = $"rnnbook-figure-{Guid.NewGuid():N}";
        var json = FigureWriter.Write(figure);
        var alt = WebUtility.HtmlEncode(figure.AlternativeText);
        var height = (int)json["layout"]!["height"]!;
        var source = new JsonObject { ["address"] = PlotlyAddress, ["integrity"] = PlotlyIntegrity };

        // The JSON has <, > and & escaped: no text of a figure can end the script.
        return $"""
            <div id="{id}" class="rnnbook-figure" role="img" aria-label="{alt}" style="min-height:{height}px;margin-bottom:1rem"><p>{alt}</p></div>
            <script>
            {DrawScript.Value}
            ("{id}", {json.ToJsonString()}, {source.ToJsonString()});
            </script>
            """;
    }

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

    private static string Resource(string name)
    {
        using var stream = typeof(FigureHtml).Assembly.GetManifestResourceStream($"RnnBook.Figures.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
