using System.Text.RegularExpressions;

namespace RnnBook.Tests;

public sealed partial class ArticleTests
{
    private static readonly ClaimBook Claims = ClaimBook.Parse(
        """
        [{ "id": "A1", "source": "A §1", "kind": "def", "claim": "c", "plannedChapter": "01", "criteria": [] },
         { "id": "A2a", "source": "A §2", "kind": "exp", "claim": "c", "plannedChapter": "01", "criteria": [] },
         { "id": "A2b", "source": "A §2", "kind": "exp", "claim": "c", "plannedChapter": "01", "criteria": [] },
         { "id": "B1", "source": "B §1", "kind": "exp", "claim": "c", "plannedChapter": "01", "criteria": [] },
         { "id": "P1", "source": "A. Author 2015", "kind": "exp", "claim": "c", "plannedChapter": "01", "criteria": [] }]
        """,
        "claims");

    [Fact]
    public void An_article_is_read_with_all_parts_of_a_split_claim()
    {
        var article = Assert.Single(ArticleReader.Parse(Articles("""{ "number": "2", "title": "t", "says": "s", "claims": ["A2"], "program": "03" }"""), Claims, "x"));
        Assert.Equal(("A", "title", 2), (article.Letter, article.Title, article.Sections.Count));
        Assert.Equal(("2", "t", "s", "03"), (article.Sections[1].Number, article.Sections[1].Title, article.Sections[1].Summary, article.Sections[1].Program));
        Assert.Equal(["A2a", "A2b"], article.Sections[1].Claims.Select(claim => claim.Id));
        Assert.Null(article.Sections[0].Program);
    }

    [Theory]
    [InlineData("""{ "number": "2", "title": "t", "says": "s", "claims": ["A2", "A9"] }""", "article A §2: there is no claim \"A9\"")]
    [InlineData("""{ "number": "2", "title": "t", "says": "s", "claims": ["A2a"] }""", "article A §2: there is no claim \"A2a\" (a part such as A4a is named by its number, A4)")]
    [InlineData("""{ "number": "2", "title": "t", "says": "s", "claims": ["A2", "B1"] }""", "article A §2: B1 belongs to another article")]
    [InlineData("""{ "number": "2", "title": "t", "says": "s" }""", "article A: no section names A2a (A §2)")]
    [InlineData("""{ "number": "1", "title": "t", "says": "s", "claims": ["A2"] }""", "article A §1 stands twice")]
    [InlineData("""{ "number": "2", "says": "s", "claims": ["A2"] }""", "article A §2: \"title\" is missing")]
    [InlineData("""{ "number": "2", "title": "t", "says": " ", "claims": ["A2"] }""", "article A §2: \"says\" is missing")]
    [InlineData("null", "article A §?: \"number\" is missing")]
    [InlineData("""{ "number": "2", "titel": "t" }""", "'titel'")]
    [InlineData("7", "x: The JSON value could not be converted")]
    public void What_is_wrong_is_named_with_its_place(string section, string problem) => Assert.Contains(
        problem, Assert.Throws<InvalidDataException>(() => ArticleReader.Parse(Articles(section), Claims, "x")).Message, StringComparison.Ordinal);

    [Fact]
    public void All_problems_come_at_once_a_line_each()
    {
        var message = Assert.Throws<InvalidDataException>(() => ArticleReader.Parse("""[{ "article": "A" }, null]""", Claims, "articles.json")).Message;
        Assert.All(message.Split('\n'), line => Assert.StartsWith("articles.json: article ", line, StringComparison.Ordinal));
        Assert.Contains("article A: \"title\" is missing", message, StringComparison.Ordinal);
        Assert.Contains("article without \"article\": there are no \"sections\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("no-such.json", Assert.Throws<FileNotFoundException>(() => Article.Load("no-such.json", Claims)).Message, StringComparison.Ordinal);

    /// <summary>Every claim of the articles stands in the sections that its row of the ledger names.</summary>
    [Fact]
    public void The_outline_of_the_book_agrees_with_the_ledger()
    {
        var root = Clone.Root;
        var claims = ClaimBook.Load(Path.Combine(root, "data", "claims.json"));
        var articles = Article.Load(Path.Combine(root, "data", "articles.json"), claims);
        Assert.Equal(["A", "B", "C", "D", "E"], articles.Select(article => article.Letter));
        var outlined = articles.SelectMany(article => article.Sections.SelectMany(
            section => section.Claims.Select(claim => (claim.Id, Section: $"{article.Letter} {section.Number}")))).ToHashSet();
        var sources = claims.Where(claim => Letter().IsMatch(claim.Source)).SelectMany(claim => claim.Source[2..].Split(", ").Select(
            section => (claim.Id, Section: $"{claim.Source[0]} {section.TrimStart('§')}"))).ToHashSet();
        Assert.Equal(sources.Order(), outlined.Order());
        Assert.Equal(
            ["A 4: 03", "B 4: 13", "D 4: 02", "E 4: 12"],
            articles.SelectMany(article => article.Sections.Where(s => s.Program is not null).Select(s => $"{article.Letter} {s.Number}: {s.Program}")));
    }

    private static string Articles(string section) => $$"""
        [{ "article": "A", "title": "title", "sections": [{ "number": "1", "title": "t", "says": "s", "claims": ["A1"] }, {{section}}] }]
        """;

    [GeneratedRegex("^[A-E] ")]
    private static partial Regex Letter();
}
