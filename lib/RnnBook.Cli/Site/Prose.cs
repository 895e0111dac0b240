using System.Text;
using System.Text.Json.Nodes;
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

    private readonly HashSet<string> ids = [];
    private readonly List<Section> sections = [];
    private bool hasTitle;

    /// <summary>The sections met so far.</summary>
    public IReadOnlyList<Section> Sections => sections;

    /// <summary>The chapter's title (its first top heading) as text, and the first paragraph after it; empty where there is none.</summary>
    public static (string Title, string Lead) Opening(string markdown)
    {
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            return ("", "");
        }

        var heading = document.OfType<HeadingBlock>().FirstOrDefault(block => block.Level == 1);
        var lead = document.SkipWhile(block => heading is not null && block != heading).OfType<ParagraphBlock>().FirstOrDefault();
        var title = heading is null ? "" : Tag().Replace(Render(renderer => renderer.WriteChildren(heading.Inline!)), "");
        return (ChapterNumber().Replace(System.Net.WebUtility.HtmlDecode(title), "").Trim(),
            lead is null ? "" : WithoutLinks(lead));
    }

    /// <summary>One cell as html. The chapter's title is left out: the page has it already. Pictures in it are kept.</summary>
    /// <param name="markdown">The cell's text.</param>
    /// <param name="attachments">Its pictures by name, as nbformat keeps them; null when it has none.</param>
    public string ToHtml(string markdown, JsonObject? attachments = null)
    {
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's answer to lists and quotes that are hundreds of levels deep.
            return $"<p class=\"notice failed\">This text is nested too deeply to be shown.</p>";
        }

        foreach (var link in document.Descendants<LinkInline>())
        {
            link.Url = Attached(link.Url, attachments) ?? Target(link.Url ?? "");
        }

        var pictures = hasTitle ? "" : TakeTitle(document);
        foreach (var heading in document.Descendants<HeadingBlock>().Where(heading => heading.Level == 1))
        {
            heading.Level = 2;
        }

        var own = document.Descendants<HeadingBlock>().Select(AddAnchor).ToHashSet();
        return SafeHtml.OfProse(pictures + Render(renderer => renderer.Render(document)), id => own.Contains(id) ? id : Unused(SafeHtml.AuthorPrefix + id));
    }

    /// <summary>Takes the chapter's title out of its cell.</summary>
    /// <returns>The pictures that stood in it.</returns>
    private string TakeTitle(MarkdownDocument document)
    {
        if (document.OfType<HeadingBlock>().FirstOrDefault(heading => heading.Level == 1) is not { } title)
        {
            return "";
        }

        hasTitle = true;
        document.Remove(title);
        var pictures = title.Inline!.Descendants<LinkInline>().Where(link => link.IsImage);
        return string.Concat(pictures.Select(picture => $"<p>{Render(renderer => renderer.Render(picture))}</p>"));
    }

    private string AddAnchor(HeadingBlock heading)
    {
        var html = WithoutLinks(heading);
        var words = NoWord().Replace(System.Net.WebUtility.HtmlDecode(Tag().Replace(html, "")).ToLowerInvariant(), "-").Trim('-');
        var id = Unused(words.Length == 0 ? "section" : PageId().IsMatch(words) ? "section-" + words : words);
        heading.GetAttributes().Id = id;
        heading.Inline!.AppendChild(new HtmlInline($" <a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to this section\">#</a>"));
        if (heading.Level <= 3)
        {
            sections.Add(new Section(heading.Level, id, html));
        }

        return id;
    }

    /// <summary>The id itself, or with a number where the chapter has it already.</summary>
    private string Unused(string wanted)
    {
        var id = wanted;
        for (var i = 2; !ids.Add(id); i++)
        {
            id = $"{wanted}-{i}";
        }

        return id;
    }

    /// <summary>A picture that lies in the cell itself.</summary>
    private static string? Attached(string? url, JsonObject? attachments)
    {
        const string Scheme = "attachment:";
        return url?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
            && attachments?[Uri.UnescapeDataString(url[Scheme.Length..])] is JsonObject { Count: > 0 } bundle
            && bundle.FirstOrDefault(entry => entry.Key.StartsWith("image/", StringComparison.Ordinal)) is { Key: { } type, Value: JsonValue data }
            && data.TryGetValue<string>(out var base64)
            ? $"data:{type};base64,{string.Concat(base64.Split())}"
            : null;
    }

    private static string WithoutLinks(LeafBlock block) =>
        Link().Replace(SafeHtml.OfProse(Render(renderer => renderer.WriteChildren(block.Inline!)), _ => null), "$1");

    /// <summary>Pages lie in artifacts/site/, notebooks in notebooks/: what has a page of its own leads there, other files are found from there.</summary>
    private static string Target(string url) => PageLink.Of(url) is { } page ? page
        : !PageLink.IsRelative(url) ? url
        : url.StartsWith("../", StringComparison.Ordinal) ? "../../" + url[3..]
        : "../../notebooks/" + url;

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

    /// <summary>What the page itself calls its parts.</summary>
    [GeneratedRegex("^(content|chapters|claims|search)$|^(cell|figure|article|out|user-content)-")]
    private static partial Regex PageId();

    [GeneratedRegex(@"[^\p{L}\p{N}]+")]
    private static partial Regex NoWord();

    [GeneratedRegex(@"^(chapter\s+)?\d+\s*[·:.—–-]?\s+", RegexOptions.IgnoreCase)]
    private static partial Regex ChapterNumber();

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
