using System.Collections;
using System.Text.Json;
using RnnBook.Figures;

namespace RnnBook.Tests;

/// <summary>Does what a notebook host does: finds everything by name and shape, knows no type of ours.</summary>
public class ConventionTests
{
    [Fact]
    public void A_host_finds_the_formatters_of_a_figure()
    {
        var figure = new Figure("T").Line(new[] { 1, 2 });
        var forms = Forms(figure);
        Assert.Equal(["text/html", "application/vnd.plotly.v1+json", "text/plain"], forms.Keys);
        Assert.Equal(figure.ToJson(), forms["application/vnd.plotly.v1+json"]);
        Assert.Equal(figure.AlternativeText, forms["text/plain"]);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(forms["application/vnd.plotly.v1+json"]).RootElement.At("config").ValueKind);
    }

    [Fact]
    public void A_live_figure_shows_its_present_state()
    {
        using var live = new LiveFigure(new Figure("T"));
        live.Add("a", 0, 5);
        Assert.Contains("\"y\":[5]", Forms(live)["application/vnd.plotly.v1+json"]);
    }

    [Fact]
    public void A_table_has_html_and_plain_text() => Assert.Equal(["text/html", "text/plain"], Forms(new Table("a").Row(1)).Keys);

    private static Dictionary<string, string> Forms(object instance)
    {
        var attribute = instance.GetType().GetCustomAttributes(true).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        Assert.Equal(["text/html"], (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!);
        var sourceType = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var formatters = (IEnumerable)sourceType.GetMethod("CreateTypeFormatters", Type.EmptyTypes)!.Invoke(Activator.CreateInstance(sourceType), null)!;
        var forms = new Dictionary<string, string>();
        foreach (var formatter in formatters)
        {
            var format = Assert.Single(formatter.GetType().GetMethods(), m => m.Name == "Format");
            Assert.Equal([typeof(object), typeof(TextWriter)], format.GetParameters().Select(p => p.ParameterType));
            Assert.Equal(false, format.Invoke(formatter, [new object(), TextWriter.Null]));
            var writer = new StringWriter();
            Assert.Equal(true, format.Invoke(formatter, [instance, writer]));
            forms.Add((string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!, writer.ToString());
        }

        return forms;
    }
}
