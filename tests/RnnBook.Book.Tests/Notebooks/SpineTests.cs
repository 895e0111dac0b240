using System.Text.RegularExpressions;
using RnnBook.Cli;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>
/// docs/spine.md, held to the notebooks: it has their sections in their order, and what a section needs was taught before it.
/// </summary>
public sealed partial class SpineTests
{
    private static readonly string[] Apart = ["Contents", "Exercises", "Summary", "Sources"];

    private static readonly List<Row> Rows = [.. Read(File.ReadAllText(Path.Combine(WholeBook.Folder.Root, "docs", "spine.md")))];

    public static TheoryData<string> Names => ChapterTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_section_of_a_chapter_stands_there_under_its_title(string name)
    {
        var prose = Prose(name);
        var rows = Rows.Where(row => row.Chapter == name[..2]).ToList();
        Assert.NotEmpty(rows);
        Assert.Equal(Heading().Match(prose).Groups[1].Value, $"{name[..2]} {rows[0].ChapterTitle}");
        Assert.Equal(Section().Matches(prose).Select(match => match.Groups[1].Value).Except(Apart), rows.Select(row => row.Title));
        Assert.All(rows, row => Assert.NotEqual("", row.Teaches));
    }

    [Fact]
    public void It_has_no_chapter_that_the_book_lacks() =>
        Assert.Equal(WholeBook.Chapters.Select(chapter => chapter.Number), Rows.Select(row => row.Chapter).Distinct());

    [Fact]
    public void What_a_section_needs_was_taught_before()
    {
        foreach (var (at, row) in Rows.Index())
        {
            if (row.Needs == "–")
            {
                Assert.True(row.Chapter == "00", $"{row}: a section after the first chapter needs something");
                continue;
            }

            foreach (var need in row.Needs.Split("; "))
            {
                var match = Need().Match(need);
                Assert.True(match.Success, $"{row}: \"{need}\" names no section, as in \"gain (01 §5)\"");
                var taught = Rows.FindIndex(other =>
                    other.Chapter == match.Groups[1].Value && (!match.Groups[2].Success || other.Number == match.Groups[2].Value));
                Assert.True(taught >= 0, $"{row}: there is no section {match.Groups[1]} §{match.Groups[2]}");
                Assert.True(taught < at, $"{row}: \"{need}\" is taught later");
                Assert.True(
                    match.Groups[2].Success == (match.Groups[1].Value != "00"), $"{row}: \"{need}\": only chapter 00 has no numbers");
            }
        }
    }

    /// <summary>A glossary that says where a word is taught must be right about it.</summary>
    [Fact]
    public void A_word_of_the_glossary_stands_in_the_chapter_that_teaches_it()
    {
        var absent = from term in GlossaryPage.Load(WholeBook.Folder.GlossaryFile)
                     where term.Chapter is not null
                     let chapter = WholeBook.Chapters.Single(chapter => chapter.Number == term.Chapter)
                     where !Prose(chapter.Name).Contains(term.Core, StringComparison.OrdinalIgnoreCase)
                     select $"{term.Term}: {chapter.Name}";
        Assert.Empty(absent);
    }

    private static IEnumerable<Row> Read(string text)
    {
        var (number, title) = ("", "");
        foreach (var line in text.Split('\n'))
        {
            if (Chapter().Match(line) is { Success: true } chapter)
            {
                (number, title) = (chapter.Groups[1].Value, chapter.Groups[2].Value);
            }
            else if (line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| section |", StringComparison.Ordinal))
            {
                var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
                Assert.True(cells.Length == 3, $"three columns are needed: {line}");
                yield return new Row(number, title, cells[0], cells[1], cells[2]);
            }
        }
    }

    private static string Prose(string name) =>
        string.Join("\n\n", NotebookDocument.Load(Path.Combine(WholeBook.Folder.Notebooks, name + ".ipynb")).Cells
            .Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source));

    [GeneratedRegex(@"^## (\d\d) (.+)$")]
    private static partial Regex Chapter();

    [GeneratedRegex(@"^# (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^[^()]+ \((\d\d)(?: §(\d+))?\)$")]
    private static partial Regex Need();

    private sealed record Row(string Chapter, string ChapterTitle, string Title, string Teaches, string Needs)
    {
        /// <summary>The number before the title; none in chapter 00.</summary>
        public string Number => Title.Split('.')[0];

        public override string ToString() => $"{Chapter}, {Title}";
    }
}
