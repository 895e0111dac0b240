using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace RnnBook.Cli;

/// <summary>
/// What the search looks through: a piece of text for each section of each chapter, for each claim and each term. The page loads it, with
/// the search library, when a reader first searches; it is a script, since pages opened as files may not fetch.
/// </summary>
internal sealed partial class SearchIndex
{
    private readonly List<Entry> entries = [];

    /// <summary>The pieces so far.</summary>
    public IReadOnlyList<Entry> Entries => entries;

    /// <summary>Adds a chapter's prose, section by section.</summary>
    /// <param name="chapter">The chapter.</param>
    /// <param name="html">Its page.</param>
    public void Add(ChapterInfo chapter, string html)
    {
        var text = new StringBuilder();
        var (address, title) = (chapter.Link, chapter.Title);
        foreach (var element in new HtmlParser().ParseDocument(html).QuerySelectorAll("section.prose > *"))
        {
            if (element.LocalName is "h2" or "h3" && element.Id is { Length: > 0 } id)
            {
                End();
                (address, title) = ($"{chapter.Link}#{id}", element.TextContent.TrimEnd(' ', '#'));
            }
            else if (element.LocalName != "details") // hints and solutions are not given away
            {
                text.Append(' ').Append(element.TextContent);
            }
        }

        End();

        void End()
        {
            entries.Add(new Entry(address, Plain(title), $"Chapter {chapter.Number}", Plain(text.ToString())));
            text.Clear();
        }
    }

    public void Add(string address, string title, string place, string text) => entries.Add(new Entry(address, title, place, text));

    /// <summary>The script.</summary>
    public string Write() => $"window.rnnbookSearchEntries = {JsonSerializer.Serialize(entries.Select((entry, id) =>
        new { id, entry.Address, entry.Title, entry.Place, entry.Text }), JsonSerializerOptions.Web)};\n";

    private static string Plain(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    /// <summary>A piece of text.</summary>
    /// <param name="Address">Where it stands.</param>
    /// <param name="Title">The heading above it.</param>
    /// <param name="Place">The page, in words.</param>
    /// <param name="Text">The words.</param>
    internal sealed record Entry(string Address, string Title, string Place, string Text);
}
