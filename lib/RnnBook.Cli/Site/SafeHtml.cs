using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Css.Dom;
using AngleSharp.Dom;
using Ganss.Xss;

namespace RnnBook.Cli;

/// <summary>
/// Foreign html made harmless: what a notebook's prose and outputs may show on a page. Text, tables, pictures and drawings stay; scripts,
/// handlers, style sheets, forms, frames, other sites' pictures and whatever could cover or imitate the page's own parts go.
/// </summary>
internal static partial class SafeHtml
{
    /// <summary>Stands before the ids of html that an author wrote into prose, so that it cannot take an id that the page uses.</summary>
    public const string AuthorPrefix = "user-content-";

    private const string TextTags = "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure " +
        "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot th " +
        "thead time tr tt u ul var wbr";

    // Not among them: style, script, a, use, image, foreignObject, animations; and title and desc, in which html begins anew.
    private const string DrawingTags = "svg g defs path line polyline polygon rect circle ellipse text tspan marker linearGradient radialGradient stop " +
        "clipPath";

    private const string TextAttributes = "align alt aria-hidden aria-label cite class colspan datetime dir headers height href id lang open reversed " +
        "role rowspan scope span src start style summary title type valign value width";

    private const string DrawingAttributes = "clip-path clip-rule cx cy d dominant-baseline dx dy fill fill-opacity fill-rule font-family font-size " +
        "font-style font-weight gradientTransform gradientUnits marker-end marker-mid marker-start markerHeight markerUnits markerWidth offset " +
        "opacity orient points preserveAspectRatio r refX refY rotate rx ry spreadMethod stop-color stop-opacity stroke stroke-dasharray " +
        "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor transform vector-effect " +
        "viewBox x x1 x2 y y1 y2";

    private const int MostDepth = 400;

    /// <summary>What gives a box its look and cannot move it over others: no position, z-index, transform, float or animation.</summary>
    private static readonly FrozenSet<string> Styles = HtmlSanitizerDefaults.AllowedCssProperties
        .Where(name => Style().IsMatch(name)).Append("fill").Append("stroke").Append("stroke-width").ToFrozenSet();

    private static readonly HtmlSanitizer OutputSanitizer = Sanitizer(
        $"{TextTags} {DrawingTags} audio", $"{TextAttributes} {DrawingAttributes} controls", Styles);

    /// <summary>Markdown's tables are aligned by a style, its task lists have check boxes.</summary>
    private static readonly HtmlSanitizer ProseSanitizer = Sanitizer(
        $"{TextTags} input", $"{TextAttributes} checked disabled", new HashSet<string> { "text-align" });

    /// <summary>A cell's html.</summary>
    /// <param name="html">What the cell showed.</param>
    /// <param name="id">Names the output within the page; its own ids become parts of this one.</param>
    public static string OfOutput(string html, string id) => Clean(OutputSanitizer, html, name => $"out-{id}-{name}", Output());

    /// <summary>Prose as Markdown made it, with whatever html its author wrote in between.</summary>
    /// <param name="html">The prose.</param>
    /// <param name="rename">What each id is to become; null removes it.</param>
    public static string OfProse(string html, Func<string, string?> rename) => Clean(ProseSanitizer, html, rename, Prose());

    private static HtmlSanitizer Sanitizer(string tags, string attributes, IEnumerable<string> styles) => new(new HtmlSanitizerOptions
    {
        AllowedTags = Words(tags),
        AllowedAttributes = Words(attributes),
        AllowedCssProperties = styles.ToHashSet(StringComparer.OrdinalIgnoreCase),
        AllowedAtRules = new HashSet<CssRuleType>(),
        AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto", "data" },
        UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src", "cite" },
    });

    private static HashSet<string> Words(string text) => text.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static string Clean(HtmlSanitizer sanitizer, string html, Func<string, string?> rename, Regex classes)
    {
        if (Depth(html) > MostDepth)
        {
            return $"<p class=\"notice\">This html is nested more than {MostDepth} deep and is not shown.</p>";
        }

        var body = sanitizer.SanitizeDom(html).Body!;
        var elements = body.QuerySelectorAll("*").ToList();
        var ids = new Dictionary<string, string?>();
        foreach (var element in elements.Where(element => element.HasAttribute("id")))
        {
            var (old, isFirst) = (element.Id!, !ids.ContainsKey(element.Id!));
            var renamed = isFirst ? ids[old] = rename(old) : null;
            if (renamed is null)
            {
                element.RemoveAttribute("id");
            }
            else
            {
                element.Id = renamed;
            }
        }

        foreach (var element in elements)
        {
            CleanAddresses(element);
            CleanNames(element, classes, ids);
        }

        return body.InnerHtml;
    }

    /// <summary>At least as deep as elements can lie in each other. Reading thousands takes minutes, and no page needs them.</summary>
    private static int Depth(string html)
    {
        var (depth, deepest) = (0, 0);
        foreach (Match tag in NestingTag().Matches(html))
        {
            depth = tag.Value[1] == '/' ? Math.Max(0, depth - 1) : depth + 1;
            deepest = Math.Max(deepest, depth);
        }

        return deepest;
    }

    private static void CleanNames(IElement element, Regex classes, Dictionary<string, string?> ids)
    {
        foreach (var name in element.ClassList.Where(name => !classes.IsMatch(name)).ToList())
        {
            element.ClassList.Remove(name);
        }

        if (element.ClassList.Length == 0)
        {
            element.RemoveAttribute("class");
        }

        if (element.GetAttribute("role") is not (null or "img" or "presentation" or "note"))
        {
            element.RemoveAttribute("role");
        }

        foreach (var attribute in element.Attributes.ToList())
        {
            var value = attribute.Value;
            attribute.Value = attribute.Name switch
            {
                "id" => value,
                "href" when value.StartsWith('#') && ids.GetValueOrDefault(value[1..]) is { } inside => "#" + inside,
                _ => LocalAddress().Replace(value, match => $"url(#{ids.GetValueOrDefault(match.Groups[1].Value) ?? match.Groups[1].Value})"),
            };
        }
    }

    /// <summary>Nothing is loaded from elsewhere: a foreign picture becomes a link to it.</summary>
    private static void CleanAddresses(IElement element)
    {
        var looks = element.Attributes.Where(attribute => attribute.Name is not ("href" or "src" or "alt" or "title" or "aria-label"));
        foreach (var attribute in looks.Where(look => FetchedAddress().IsMatch(look.Value) || Outside().IsMatch(look.Value)).ToList())
        {
            element.RemoveAttribute(attribute.Name);
        }

        switch (element.LocalName)
        {
            case "img" when element.GetAttribute("src") is { } source && !IsOwnPicture(source):
                var link = element.Owner!.CreateElement("a");
                link.TextContent = element.GetAttribute("alt") is { Length: > 0 } words ? words : "A picture elsewhere";
                SetLink(link, source);
                element.Replace(link);
                break;
            case "audio" when !SoundData().IsMatch(Plain(element.GetAttribute("src") ?? "")):
                // A sound stands in the page itself, or there is none.
                element.Remove();
                break;
            case "img" when !element.HasAttribute("alt"):
                element.SetAttribute("alt", "");
                break;
            case "th" when element.TextContent.Trim().Length == 0 && element.QuerySelector("img") is null:
                // A heading without words confuses who hears the table.
                var corner = element.Owner!.CreateElement("td");
                foreach (var attribute in element.Attributes.Where(attribute => attribute.Name is "style" or "colspan" or "rowspan"))
                {
                    corner.SetAttribute(attribute.Name, attribute.Value);
                }

                element.Replace(corner);
                break;
            case "a" when element.GetAttribute("href") is { } target:
                SetLink(element, PageLink.Of(target) ?? target);
                break;
            case "input" when element.GetAttribute("type") != "checkbox" || !element.HasAttribute("disabled"):
                element.Remove();
                break;
            case "input":
                element.SetAttribute("aria-label", element.HasAttribute("checked") ? "done" : "to do");
                break;
        }
    }

    private static void SetLink(IElement link, string address)
    {
        link.RemoveAttribute("src");
        if (Plain(address).StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            link.RemoveAttribute("href");
            return;
        }

        link.SetAttribute("href", address);
        if (IsElsewhere(address))
        {
            link.SetAttribute("rel", "noopener noreferrer");
        }
    }

    private static bool IsOwnPicture(string source) =>
        PictureData().IsMatch(Plain(source)) || (!IsElsewhere(source) && !Plain(source).StartsWith("data:", StringComparison.OrdinalIgnoreCase));

    /// <summary>Browsers read a backslash as a slash, and ignore tabs and line ends.</summary>
    private static string Plain(string address) => string.Concat(address.Where(letter => letter > ' ')).Replace('\\', '/');

    private static bool IsElsewhere(string address) => Elsewhere().IsMatch(Plain(address));

    /// <summary>Without those that need no end tag.</summary>
    [GeneratedRegex("</?(?!(?:p|li|d[td]|t[drh]|br|hr|img|wbr|col|input|path|line|rect|circle|stop|r[pt])\\b)[a-z][^>]*(?<!/)>", RegexOptions.IgnoreCase)]
    private static partial Regex NestingTag();

    [GeneratedRegex("^(color|background(-color)?|border.*|padding.*|margin.*|(min-|max-)?(width|height)|font.*|line-height|letter-spacing|word-.*|overflow.*|text-.*|" +
        "white-space|vertical-align|opacity|display|flex.*|gap|row-gap|column-gap|grid.*|align-.*|justify-.*|list-style.*|table-layout|tab-size)$")]
    private static partial Regex Style();

    [GeneratedRegex("^rnnbook-|^(dni-|language-)")]
    private static partial Regex Output();

    [GeneratedRegex("^(math|display|anchor|footnotes?|footnote-(ref|back-ref)|(contains-)?task-list(-item)?|language-[a-z0-9#+-]+)$")]
    private static partial Regex Prose();

    [GeneratedRegex("""url\(\s*["']?#([^)"'\s]+)["']?\s*\)""")]
    private static partial Regex LocalAddress();

    [GeneratedRegex("""url\(\s*["']?(?!#|"#|'#)|image(-set)?\(|expression\(|@import""", RegexOptions.IgnoreCase)]
    private static partial Regex FetchedAddress();

    /// <summary>A negative margin or indent reaches out of the box.</summary>
    [GeneratedRegex(@"(margin|text-indent|letter-spacing|word-spacing)[^;]*:[^;]*-\s*[\d.(c]", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();

    [GeneratedRegex("^([a-z][a-z0-9+.-]*:|//)", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex("^data:image/(png|jpeg|gif|webp|svg\\+xml)[;,]", RegexOptions.IgnoreCase)]
    private static partial Regex PictureData();

    [GeneratedRegex("^data:audio/wav;base64,", RegexOptions.IgnoreCase)]
    private static partial Regex SoundData();
}
