using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace RnnBook.Showing;

/// <summary>
/// A plotly.js figure as an html fragment for a notebook's output, which may share its page with others, be saved, and be opened years
/// later: it holds the alternative text and replaces it by the drawing once plotly.js is there.
/// </summary>
internal static class PlotlyHtml
{
    /// <summary>The one version of plotly.js that figures are written for and tested with.</summary>
    public const string Address = "https://cdn.jsdelivr.net/npm/plotly.js-dist-min@4.1.2/plotly.min.js";

    /// <summary>SHA-384 of that file as published.</summary>
    public const string Integrity = "sha384-hHv6D3tTUUBpp4tVv6t2Dc3oGuRhphmWOTKUR8jWyN0Pnon1g3iebKCNDNmKmxo8";

    private static readonly Lazy<string> DrawScript = new(ReadDrawScript);

    /// <param name="figure">An object with data, layout with a height, config.</param>
    /// <param name="alternativeText">Words for those who cannot see it.</param>
    public static string Fragment(JsonObject figure, string alternativeText)
    {
        var id = $"rnnbook-figure-{Guid.NewGuid():N}";
        var alt = WebUtility.HtmlEncode(alternativeText);
        var height = double.Parse(figure["layout"]!["height"]!.ToJsonString(), CultureInfo.InvariantCulture);
        var source = new JsonObject { ["address"] = Address, ["integrity"] = Integrity };

        // The JSON has <, > and & escaped: no text of a figure can end the script.
        return FormattableString.Invariant($"""
            <div id="{id}" class="rnnbook-figure" role="img" aria-label="{alt}" style="min-height:{height:0}px;margin-bottom:1rem"><p>{alt}</p></div>
            <script>
            {DrawScript.Value}
            ("{id}", {figure.ToJsonString()}, {source.ToJsonString()});
            </script>
            """);
    }

    private static string ReadDrawScript()
    {
        using var stream = typeof(PlotlyHtml).Assembly.GetManifestResourceStream("draw.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
