using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using RnnBook.Cli;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>How prose, code and outputs become html.</summary>
public sealed class PageContentTests
{
    [Theory]
    [InlineData("a\u001b[31mb\u001b[0mc", "a<span class=\"ansi-red\">b</span>c")]
    [InlineData("\u001b[1;32mx", "<span class=\"ansi-bold ansi-green\">x</span>")]
    [InlineData("\u001b[38;5;208mx\u001b[48;2;1;2;31my", "xy")]
    [InlineData("10%\r 50%\r100%\ndone\r\n", "100%\ndone\n")]
    [InlineData("<b>&\u001b[2Jx\u001b]0;title\a", "&lt;b&gt;&amp;x")]
    public void Console_text_keeps_colours_and_loses_other_sequences(string text, string html) => Assert.Equal(html, TerminalText.ToHtml(text));

    [Fact]
    public void Formulas_are_left_as_tex_that_no_markup_can_leave()
    {
        var html = new Prose().ToHtml("Inline $a_1 < b_2$ and *$x*y*z$*.\n\n$$\nW_{hh}^{<T>}\n$$\n\n| a | b |\n|---|---|\n| $x_1$ | $y^*$ |");
        Assert.Contains("<span class=\"math\">a_1 &lt; b_2</span>", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"math\">x*y*z</span>", html, StringComparison.Ordinal);
        Assert.Matches("""<div class="math display">\s*W_\{hh\}\^\{&lt;T&gt;\}\s*</div>""", html);
        Assert.Contains("<td><span class=\"math\">y^*</span></td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_get_anchors_that_are_unique_in_a_chapter()
    {
        var prose = new Prose();
        prose.ToHtml("# 07 · The title\n\n## Summary of $W$\n\n### Über uns");
        var second = prose.ToHtml("## Summary of $W$");
        Assert.Equal(["summary-of-w", "über-uns", "summary-of-w-2"], prose.Sections.Select(section => section.Id));
        Assert.Contains("id=\"summary-of-w-2\"", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# 07 · Start *from* the identity\n\nA [link](x.md) and **more**.\n\nSecond.", "Start from the identity", "A link and <strong>more</strong>.")]
    [InlineData("# Chapter 5: Powers\n\n- list\n\nThen.", "Powers", "Then.")]
    [InlineData("no title", "", "no title")]
    [InlineData("", "", "")]
    public void A_chapter_opens_with_its_title_and_first_paragraph(string markdown, string title, string lead) =>
        Assert.Equal((title, lead), Prose.Opening(markdown));

    [Theory]
    [InlineData("05-powers.ipynb", "05-powers.html")]
    [InlineData("05-powers.ipynb#summary", "05-powers.html#summary")]
    [InlineData("../lib/RnnBook", "../../lib/RnnBook")]
    [InlineData("../artifacts/site/ledger.html#C8", "ledger.html#C8")]
    [InlineData("notes.txt", "../../notebooks/notes.txt")]
    [InlineData("#here", "#here")]
    [InlineData("https://example.org/a.ipynb", "https://example.org/a.ipynb")]
    public void Links_lead_from_the_site_to_where_they_led_from_the_notebook(string from, string to) =>
        Assert.Contains($"href=\"{to}\"", new Prose().ToHtml($"[x]({from})"), StringComparison.Ordinal);

    [Theory]
    [InlineData("05-powers.ipynb#summary", "05-powers.html#summary")]
    [InlineData("../artifacts/site/ledger.html#C8", "ledger.html#C8")]
    [InlineData("05-powers.html", "05-powers.html")]
    [InlineData("https://example.org/a.ipynb", "https://example.org/a.ipynb")]
    public void Links_in_outputs_lead_to_pages_too(string from, string to) =>
        Assert.Contains($"href=\"{to}\"", SafeHtml.OfOutput($"<a href=\"{from}\">x</a>", "cell"), StringComparison.Ordinal);

    [Fact]
    public async Task Highlighted_code_is_the_source_to_the_letter_and_knows_names_of_earlier_cells()
    {
        string[] cells = ["#r \"x.dll\"\nrecord Foo(int A); // a < b\nvar s = $\"{1} & two\";", "var f = new Foo(1);\n\n  await Task.Delay(f.A); Twice(2);\nint Twice(int x) => x;"];
        using var highlighter = new CodeHighlighter();
        var html = await highlighter.HighlightAsync(cells, CancellationToken.None);
        Assert.Equal(cells, html.Select(Text));
        Assert.Contains("<span class=\"c\">// a &lt; b</span>", html[0], StringComparison.Ordinal);
        Assert.Contains("<span class=\"k\">new</span> <span class=\"t\">Foo</span>", html[1], StringComparison.Ordinal);
        Assert.Contains("<span class=\"t\">Task</span>.<span class=\"m\">Delay</span>", html[1], StringComparison.Ordinal);
        Assert.Contains("<span class=\"n\">2</span>", html[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_code_is_shown_as_it_is()
    {
        using var highlighter = new CodeHighlighter();
        Assert.Equal("var x = (\"open <", Text((await highlighter.HighlightAsync(["var x = (\"open <"], CancellationToken.None))[0]));
    }

    [Fact]
    public void A_figure_is_data_that_cannot_end_its_element_and_words_for_those_who_do_not_see_it()
    {
        var bundle = new JsonObject
        {
            ["application/vnd.plotly.v1+json"] = new JsonObject { ["data"] = new JsonArray("</script><b>"), ["layout"] = new JsonObject { ["height"] = 333 } },
            ["text/html"] = "<script>alert(1)</script>",
            ["text/plain"] = "Norms \"over\" time",
        };
        var outputs = new OutputHtml();
        var page = new HtmlParser().ParseDocument(outputs.Of(CellWith(CellOutput.Display(bundle))));
        Assert.Equal(1, outputs.Figures);
        var data = Assert.Single(page.QuerySelectorAll("script"));
        Assert.Equal("</script><b>", (string?)JsonNode.Parse(data.TextContent)!["data"]![0]);
        Assert.Equal(page.QuerySelector(".words")!.Id, page.QuerySelector("figure")!.GetAttribute("aria-labelledby"));
        Assert.Equal("Norms \"over\" time", page.QuerySelector(".words")!.TextContent);
        Assert.Contains("333px", page.QuerySelector(".canvas")!.GetAttribute("style"), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_are_shown_in_their_richest_form()
    {
        string Of(JsonObject output) => new OutputHtml().Of(CellWith(output));
        Assert.Contains("<i>rich</i>", Of(CellOutput.Display(new() { ["text/html"] = "<i>rich</i>", ["text/plain"] = "plain" })), StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,AAAA\" alt=\"a dot\"", Of(CellOutput.Display(new() { ["image/png"] = "AAAA", ["text/plain"] = "a dot" })), StringComparison.Ordinal);
        Assert.Contains("<strong>bold</strong>", Of(CellOutput.Display(new() { ["text/markdown"] = "**bold**" })), StringComparison.Ordinal);
        Assert.Contains("&lt;plain&gt;", Of(CellOutput.Result(new() { ["text/plain"] = "<plain>" }, 1)), StringComparison.Ordinal);
        Assert.Contains("stderr", Of(CellOutput.Stream("stderr", "oops")), StringComparison.Ordinal);
        var error = Of(CellOutput.Error(new CellError("CompileError", "no <x>", 2, ["at line 2"])));
        Assert.Contains("CompileError: no &lt;x&gt;", error, StringComparison.Ordinal);
        Assert.Contains("at line 2", error, StringComparison.Ordinal);
    }

    private static Cell CellWith(JsonObject output)
    {
        var cell = new Cell(CellKind.Code, "x");
        cell.Outputs.Add((JsonNode)output);
        return cell;
    }

    private static string Text(string html) => new HtmlParser().ParseDocument($"<pre>\n{html}</pre>").QuerySelector("pre")!.TextContent;
}
