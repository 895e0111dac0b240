using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnBook.Notebook;

/// <summary>Turns a value into a mime bundle.</summary>
internal static class ValueFormatter
{
    /// <summary>Formats a value.</summary>
    /// <param name="value">Anything, also null.</param>
    /// <param name="mimeTypes">Only these; none means whatever the value offers.</param>
    /// <returns>Text as strings, JSON mime types as JSON.</returns>
    /// <exception cref="FormatException">A formatter wrote broken JSON for a JSON mime type.</exception>
    public static JsonObject Format(object? value, IReadOnlyList<string> mimeTypes)
    {
        var offered = Offer(value);
        if (mimeTypes.Count == 0)
        {
            return offered;
        }

        var chosen = new JsonObject();
        foreach (var mimeType in mimeTypes)
        {
            chosen[mimeType] = offered.TryGetPropertyValue(mimeType, out var data) && value is not string ? data?.DeepClone() : Convert(value, mimeType);
        }

        return chosen;
    }

    /// <summary>A value as html that stands inside other html.</summary>
    public static string InnerHtml(object? value) => value is HtmlText html ? html.ToString()
        : value is not null && ConventionFormatters.For(value.GetType()) is { Count: > 0 } formatters
            && formatters.FirstOrDefault(formatter => formatter.MimeType == "text/html")?.Write(value) is { } written ? written
        : WebUtility.HtmlEncode(PlainText.OneLine(value));

    private static JsonObject Offer(object? value)
    {
        var bundle = new JsonObject();
        if (value is HtmlText html)
        {
            if (PlotlyNetCharts.TryFormatHtml(html.ToString()) is { } drawn)
            {
                return drawn;
            }

            bundle["text/html"] = html.ToString();
            return bundle;
        }

        if (value is not null)
        {
            if (PlotlyNetCharts.TryFormat(value) is { } chart)
            {
                return chart;
            }

            foreach (var formatter in ConventionFormatters.For(value.GetType()))
            {
                if (!bundle.ContainsKey(formatter.MimeType) && formatter.Write(value) is { } written)
                {
                    bundle[formatter.MimeType] = Node(written, formatter.MimeType, value);
                }
            }

            if (bundle.Count == 0 && HtmlTable.TryWrite(value) is { } table)
            {
                bundle["text/html"] = table;
            }
        }

        if (!bundle.ContainsKey("text/plain"))
        {
            var plain = PlainText.Of(value);
            if (bundle.Count == 0 && value is not null && FoldedSequence.TryWrite(value, plain) is { } folded)
            {
                bundle["text/html"] = folded;
            }

            bundle["text/plain"] = plain;
        }

        return bundle;
    }

    private static JsonNode? Convert(object? value, string mimeType) => value switch
    {
        byte[] bytes when !mimeType.StartsWith("text/", StringComparison.Ordinal) => System.Convert.ToBase64String(bytes),
        string text => Node(text, mimeType, value),
        _ when mimeType == "text/html" => InnerHtml(value),
        _ => Node(PlainText.Of(value), mimeType, value),
    };

    private static JsonNode? Node(string text, string mimeType, object? value)
    {
        if (!CellOutput.IsJson(mimeType))
        {
            return text;
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"What {value?.GetType().Name ?? "null"} offers as {mimeType} is no JSON: {exception.Message}", exception);
        }
    }
}
