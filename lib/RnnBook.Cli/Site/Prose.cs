using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace RnnBook.Cli;

/// <summary>A section of a chapter, for its table of contents.</summary>
/// <param name="Level">2 for sections, 3 for their parts.</param>
/// <param name="Id">The anchor.</param>
/// <param name="Html">The heading without links.</param>
internal sealed record Section(int Level, string Id, string Html);

/// <summary>
/// Turns one chapter's Markdown cells into html: formulas are left to KaTeX in the page, headings get anchors that are unique in the chapter,
/// links to other notebooks lead to their pages.
/// </summary>
internal sealed partial class Prose
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseFootnotes().UseDefinitionLists().UseTaskLists().UseEmphasisExtras().UseAutoLinks().UseMathematics().Build();

    private readonly HashSet<string> anchors = [];
    private readonly List<Section> sections = [];

    /// <summary>The sections met so far.</summary>
    public IReadOnlyList<Section> Sections => sections;

    /// <summary>The chapter's title (its first top heading) as text, and the first paragraph after it; empty where there is none.</summary>
    public static (string Title, string Lead) Opening(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        var heading = document.OfType<HeadingBlock>().FirstOrDefault(block => block.Level == 1);
        var lead = document.SkipWhile(block => heading is not null && block != heading).OfType<ParagraphBlock>().FirstOrDefault();
        var title = heading is null ? "" : Tag().Replace(Render(renderer => renderer.WriteChildren(heading.Inline!)), "");
        return (ChapterNumber().Replace(System.Net.WebUtility.HtmlDecode(title), "").Trim(),
            lead is null ? "" : Link().Replace(Render(renderer => renderer.WriteChildren(lead.Inline!)), "$1"));
    }

    /// <summary>One cell as html. The chapter's title is left out: the page has it already.</summary>
    public string ToHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var title in document.OfType<HeadingBlock>().Where(heading => heading.Level == 1).ToList())
        {
            document.Remove(title);
        }

        foreach (var link in document.Descendants<LinkInline>())
        {
            link.Url = Target(link.Url ?? "");
        }

        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            AddAnchor(heading);
        }

        return Render(renderer => renderer.Render(document));
    }

    private void AddAnchor(HeadingBlock heading)
    {
        var html = Link().Replace(Render(renderer => renderer.WriteChildren(heading.Inline!)), "$1");
        var words = NoWord().Replace(System.Net.WebUtility.HtmlDecode(Tag().Replace(html, "")).ToLowerInvariant(), "-").Trim('-');
        var id = words.Length == 0 ? "section" : words;
        for (var i = 2; !anchors.Add(id); i++)
        {
            id = $"{words}-{i}";
        }

        heading.GetAttributes().Id = id;
        heading.Inline!.AppendChild(new HtmlInline($" <a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to this section\">#</a>"));
        if (heading.Level <= 3)
        {
            sections.Add(new Section(heading.Level, id, html));
        }
    }

    /// <summary>Pages lie in artifacts/site/, notebooks in notebooks/: other notebooks become pages, other files are found from there.</summary>
    private static string Target(string url)
    {
        var isRelative = url.Length > 0 && url[0] is not ('#' or '/') && !url.Contains(':', StringComparison.Ordinal);
        return !isRelative ? url
            : Notebook().IsMatch(url) ? Notebook().Replace(url, ".html$1")
            : url.StartsWith("../", StringComparison.Ordinal) ? "../../" + url[3..]
            : "../../notebooks/" + url;
    }

    private static string Render(Action<HtmlRenderer> render)
    {
        using var writer = new StringWriter(new StringBuilder());
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlMathInlineRenderer>(new InlineMath());
        renderer.ObjectRenderers.Replace<HtmlMathBlockRenderer>(new BlockMath());
        render(renderer);
        return writer.ToString();
    }

    [GeneratedRegex(@"<a\b[^>]*>(.*?)</a>", RegexOptions.Singleline)]
    private static partial Regex Link();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"[^\p{L}\p{N}]+")]
    private static partial Regex NoWord();

    [GeneratedRegex(@"^(chapter\s+)?\d+\s*[·:.—–-]?\s+", RegexOptions.IgnoreCase)]
    private static partial Regex ChapterNumber();

    [GeneratedRegex(@"\.ipynb(#.*)?$")]
    private static partial Regex Notebook();

    /// <summary><c>$x$</c>, and <c>$$x$$</c> inside a paragraph: the TeX source, which KaTeX replaces and which can be read without it.</summary>
    private sealed class InlineMath : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline formula)
        {
            var kind = formula.DelimiterCount > 1 ? "math display" : "math";
            renderer.Write($"<span class=\"{kind}\">").WriteEscape(formula.Content).Write("</span>");
        }
    }

    private sealed class BlockMath : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock formula) =>
            renderer.Write("<div class=\"math display\">").WriteLeafRawLines(formula, true, true).WriteLine("</div>");
    }
}
