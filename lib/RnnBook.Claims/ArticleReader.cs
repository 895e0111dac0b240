using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnBook;

/// <summary>Reads articles.json and collects all that is wrong with it, a line each.</summary>
internal static class ArticleReader
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    public static IReadOnlyList<Article> Parse(string json, ClaimBook claims, string name)
    {
        ArgumentNullException.ThrowIfNull(claims);
        List<ArticleRow?> rows;
        try
        {
            rows = JsonSerializer.Deserialize<List<ArticleRow?>>(json, Strict) ?? [];
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{name}: {broken.Message}", broken);
        }

        var problems = new List<string>();
        var articles = rows.ConvertAll(row => Read(row ?? new(), claims, problems));
        problems.AddRange(articles.GroupBy(article => article.Letter).Where(same => same.Count() > 1).Select(same => $"article {same.Key} stands twice"));
        problems.AddRange(Forgotten(articles, claims));
        return problems.Count == 0
            ? articles
            : throw new InvalidDataException(string.Join('\n', problems.Select(problem => $"{name}: {problem}")));
    }

    private static Article Read(ArticleRow row, ClaimBook claims, List<string> problems)
    {
        var article = $"article {(string.IsNullOrWhiteSpace(row.Article) ? "without \"article\"" : row.Article)}";
        Require(row.Article is { Length: 1 }, $"{article}: \"article\" is a letter");
        Require(!string.IsNullOrWhiteSpace(row.Title), $"{article}: \"title\" is missing");
        Require(row.Sections is { Count: > 0 }, $"{article}: there are no \"sections\"");
        var sections = (row.Sections ?? []).ConvertAll(section => Section(section ?? new()));
        foreach (var twice in sections.GroupBy(section => section.Number).Where(same => same.Count() > 1))
        {
            problems.Add($"{article} §{twice.Key} stands twice");
        }

        return new Article(row.Article ?? "", row.Title ?? "", sections);

        ArticleSection Section(SectionRow section)
        {
            var place = $"{article} §{section.Number ?? "?"}";
            Require(!string.IsNullOrWhiteSpace(section.Number), $"{place}: \"number\" is missing");
            Require(!string.IsNullOrWhiteSpace(section.Title), $"{place}: \"title\" is missing");
            Require(!string.IsNullOrWhiteSpace(section.Says), $"{place}: \"says\" is missing");
            var found = new List<Claim>();
            foreach (var number in section.Claims ?? [])
            {
                var parts = claims.Where(claim => claim.Number == number).ToList();
                Require(parts.Count > 0, $"{place}: there is no claim \"{number}\" (a part such as A4a is named by its number, A4)");
                Require(row.Article is null || number.StartsWith(row.Article, StringComparison.Ordinal), $"{place}: {number} belongs to another article");
                found.AddRange(parts);
            }

            return new ArticleSection(section.Number ?? "", section.Title ?? "", section.Says ?? "", found, section.Program);
        }

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }
    }

    /// <summary>Claims that an article makes and none of its sections names.</summary>
    private static IEnumerable<string> Forgotten(List<Article> articles, ClaimBook claims) =>
        from article in articles
        let named = article.Sections.SelectMany(section => section.Claims).ToHashSet()
        from claim in claims
        where claim.Source.StartsWith(article.Letter + " ", StringComparison.Ordinal) && !named.Contains(claim)
        select $"article {article.Letter}: no section names {claim.Id} ({claim.Source})";

    private sealed class ArticleRow
    {
        public string? Article { get; init; }

        public string? Title { get; init; }

        public List<SectionRow?>? Sections { get; init; }
    }

    private sealed class SectionRow
    {
        public string? Number { get; init; }

        public string? Title { get; init; }

        public string? Says { get; init; }

        public List<string>? Claims { get; init; }

        public string? Program { get; init; }
    }
}
