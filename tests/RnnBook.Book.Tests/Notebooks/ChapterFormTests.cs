using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RnnBook.Cli;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>What keeps a chapter readable: few cells, short ones, guesses before results, sources that can be followed.</summary>
public sealed partial class ChapterFormTests
{
    private const int MostCells = 45, MostLines = 20, MedianLines = 12, MostColumns = 88;

    public static TheoryData<string> Names => ChapterTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_chapter_has_few_cells(string name) => Assert.InRange(Load(name).Cells.Count, 1, MostCells);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_visible_cell_of_code_can_be_taken_in_at_once(string name)
    {
        var visible = CodeCells(name).Where(cell => !IsFolded(cell)).Select(cell => (cell.Id, Lines: Lines(cell).Length)).ToList();
        Assert.DoesNotContain(visible, cell => cell.Lines > MostLines);
        Assert.InRange(visible.Select(cell => cell.Lines).Order().ElementAt(visible.Count / 2), 1, MedianLines);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_line_of_code_scrolls_sideways(string name) =>
        Assert.Empty(CodeCells(name).SelectMany(cell => Lines(cell).Where(line => line.Length > MostColumns).Select(line => $"{cell.Id}: {line}")));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_chapter_asks_for_a_guess_and_has_three_to_five_exercises(string name)
    {
        var text = Prose(name);
        Assert.True(Guess().IsMatch(text), "no question of the form **Guess first.** with a task list after it");
        Assert.InRange(CodeCells(name).Count(cell => cell.Source.Contains("Exercise.Check(", StringComparison.Ordinal)), 3, 5);
    }

    /// <summary>Every source of a chapter can be followed, and every one that names a paper names where it is.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_source_has_a_link(string name)
    {
        var sources = Prose(name).Split("## Sources").Skip(1).FirstOrDefault() ?? "";
        var without = sources.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal))
            .Where(line => !Link().IsMatch(line) && !OwnArticle().IsMatch(line));
        Assert.Empty(without);
    }

    /// <summary>Nothing is used before it is taught: a chapter before a term's own may only point to it.</summary>
    [Fact]
    public void No_word_of_the_glossary_is_used_before_its_chapter()
    {
        var paragraphs = WholeBook.Chapters.Where(chapter => chapter.Number != "00").ToDictionary(
            chapter => chapter.Number, chapter => Paragraph().Split(Prose(chapter.Name).Split("## Sources")[0]));
        var early = from term in GlossaryPage.Load(WholeBook.Folder.GlossaryFile)
                    where term.Chapter is not null
                    let word = new Regex($@"(?<![\w-]){Regex.Escape(term.Core)}s?(?![\w-])", RegexOptions.IgnoreCase)
                    from chapter in paragraphs
                    where string.CompareOrdinal(chapter.Key, term.Chapter) < 0
                    from paragraph in chapter.Value
                    where word.IsMatch(paragraph) && !paragraph.Contains($"({term.Chapter}-", StringComparison.Ordinal)
                    select $"{term.Term} in {chapter.Key}: {paragraph}";
        Assert.Empty(early);
    }

    private static NotebookDocument Load(string name) => NotebookDocument.Load(Path.Combine(WholeBook.Folder.Notebooks, name + ".ipynb"));

    private static IEnumerable<Cell> CodeCells(string name) => Load(name).Cells.Where(cell => cell.Kind == CellKind.Code);

    private static string Prose(string name) =>
        string.Join("\n\n", Load(name).Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source));

    private static string[] Lines(Cell cell) => cell.Source.TrimEnd().Split('\n');

    private static bool IsFolded(Cell cell) => (bool?)(cell.Metadata["jupyter"] as JsonObject)?["source_hidden"] == true;

    [GeneratedRegex(@"^\*\*Guess first\.\*\*[^\n]+\n\n- \[ \] ", RegexOptions.Multiline)]
    private static partial Regex Guess();

    [GeneratedRegex(@"\n\s*\n|\n(?=- |\|)")]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"\]\(https?://|\.ipynb\)")]
    private static partial Regex Link();

    /// <summary>The five articles, which have no public address.</summary>
    [GeneratedRegex("^- \\**(Article|Articles) [A-E]")]
    private static partial Regex OwnArticle();
}
