using System.Text.Json;
using System.Text.RegularExpressions;

namespace RnnBook.Cli;

/// <summary>The book's terms, each with the section that teaches it.</summary>
internal static partial class GlossaryPage
{
    /// <summary>A term as data/glossary.json has it.</summary>
    /// <param name="Term">The term, with its abbreviation or symbol.</param>
    /// <param name="Text">What it means.</param>
    /// <param name="Chapter">The number of the chapter that teaches it; null where any may use it.</param>
    internal sealed record Entry(string Term, string Text, string? Chapter = null)
    {
        public string Id => "term-" + NoWord().Replace(Term.ToLowerInvariant(), "-").Trim('-');

        /// <summary>What a text that uses the term contains: the term without its abbreviation or symbol.</summary>
        public string Core => Symbol().Replace(Term, "").ToLowerInvariant();
    }

    /// <summary>The terms; none where the book has no such file.</summary>
    /// <exception cref="BookException">The file is no list of terms.</exception>
    public static IReadOnlyList<Entry> Load(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<List<Entry>>(File.ReadAllText(file), JsonSerializerOptions.Web) ?? [] : [];
        }
        catch (JsonException exception)
        {
            throw new BookException($"{file} is no list of {{\"term\", \"text\"}}: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    public static string Write(IReadOnlyList<Entry> terms, SearchIndex chapters)
    {
        var list = terms.OrderBy(term => term.Term, StringComparer.OrdinalIgnoreCase).Select(term => $"""
            <div id="{term.Id}"><dt>{Html.Escape(term.Term)} <a class="anchor" href="#{term.Id}" aria-label="Link to this term">#</a></dt>
            <dd>{Html.Escape(term.Text)}{FirstUse(term, chapters)}</dd></div>
            """);
        var content = $"""
            <article class="glossary">
            <header class="title">
            <p class="kicker">Words of the field</p>
            <h1>Glossary</h1>
            </header>
            <dl>
            {string.Join('\n', list)}
            </dl>
            </article>
            """;
        return new PageFrame("Glossary · RnnBook", "The terms that the book uses.", "", content, "").ToString();
    }

    private static string FirstUse(Entry term, SearchIndex chapters) =>
        chapters.Entries.FirstOrDefault(entry => (term.Chapter is null || entry.Address.StartsWith(term.Chapter + "-", StringComparison.Ordinal)) && entry.Text.Contains(term.Core, StringComparison.OrdinalIgnoreCase)) is { } entry
            ? $" <span class=\"facts\">First in <a href=\"{entry.Address}\">{Html.Escape(entry.Place.ToLowerInvariant())}, {Html.Escape(entry.Title)}</a>.</span>"
            : "";

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoWord();

    [GeneratedRegex(@" \([^)]*\)$| (W_hh|[A-Z])$")]
    private static partial Regex Symbol();
}
