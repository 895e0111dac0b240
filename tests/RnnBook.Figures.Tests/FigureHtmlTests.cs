using System.Text.Json;
using RnnBook.Figures;
using RnnBook.Showing;

namespace RnnBook.Tests;

public class FigureHtmlTests
{
    private const string Nasty = "</script><script>alert(1)</script> \" onload='x' & <img src=x> <b>bold</b>";

    [Fact]
    public void No_text_of_a_figure_breaks_out_of_the_html()
    {
        var figure = new Figure(Nasty) { X = Nasty, Y = Nasty, Subtitle = Nasty, Alt = Nasty }.Line(new[] { 1, 2 }, Nasty).Note(0, 1, Nasty).HorizontalLine(1, Nasty);
        var html = FigureHtml.Fragment(figure);
        Assert.Equal(1, Count(html, "<script"));
        Assert.Equal(1, Count(html, "</script"));
        Assert.Equal(0, Count(html, "<img"));
        Assert.Equal(0, Count(html, "<b>"));
        Assert.DoesNotContain("\" onload", html);
    }

    [Fact]
    public void Plotly_gets_other_tags_as_text_and_keeps_the_few_it_knows()
    {
        var title = new Figure(Nasty).Json().Text("layout.title.text");
        Assert.Contains("&lt;script>", title);
        Assert.Contains("&lt;img", title);
        Assert.Contains("<b>bold</b>", title);
        Assert.Equal("x &lt; 3, W<sup>n</sup>", Text.ForPlotly("x < 3, W<sup>n</sup>"));
    }

    [Fact]
    public void The_fragment_holds_words_for_those_who_cannot_see_and_for_pages_that_cannot_draw()
    {
        var figure = new Figure("A & B").Line(new[] { 1, 2 });
        var html = FigureHtml.Fragment(figure);
        var words = System.Net.WebUtility.HtmlEncode(figure.AlternativeText);
        Assert.Contains($"role=\"img\" aria-label=\"{words}\"", html);
        Assert.Contains($"<p>{words}</p>", html);
    }

    [Fact]
    public void The_same_figure_can_stand_on_a_page_twice()
    {
        var figure = new Figure().Line(new[] { 1 });
        Assert.NotEqual(Id(FigureHtml.Fragment(figure)), Id(FigureHtml.Fragment(figure)));
    }

    [Fact]
    public void Plotly_is_pinned_by_version_and_hash()
    {
        var html = FigureHtml.Fragment(new Figure());
        Assert.Contains("plotly.js-dist-min@4.1.2/plotly.min.js", html);
        Assert.Equal(48, Convert.FromBase64String(PlotlyHtml.Integrity["sha384-".Length..]).Length);
        Assert.Contains(JsonSerializer.Serialize(PlotlyHtml.Integrity), html);
    }

    [Fact]
    public void A_saved_page_is_whole_and_can_carry_the_script_itself()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (page, script) = (Path.Combine(folder.FullName, "deep", "x.html"), Path.Combine(folder.FullName, "plotly.min.js"));
            File.WriteAllText(script, "var s = '</script>';");
            var figure = new Figure("<i>T</i> & {{figure}}").Line(new[] { 1, 2 });
            figure.Save(page);
            figure.Save(page, script);
            var html = File.ReadAllText(page);
            Assert.StartsWith("<!DOCTYPE html>", html);
            Assert.Contains("<title>T &amp; {{figure}}</title>", html);
            Assert.Contains("var s = '<\\/script>';", html);
            Assert.Equal([page], Directory.GetFiles(Path.GetDirectoryName(page)!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Id(string html) => html.Split('"')[1];

    private static int Count(string text, string part) => text.Split(part, StringSplitOptions.None).Length - 1;
}
