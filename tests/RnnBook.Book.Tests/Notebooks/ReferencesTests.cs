using System.Text.RegularExpressions;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>What chapters refer to: one built library, in the first code cell; with it come the others.</summary>
public sealed partial class ReferencesTests
{
    private const string Library = "../artifacts/book/RnnBook.Interactive.dll";

    public static TheoryData<string> Names => ChapterTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_first_code_cell_refers_to_libraries(string name)
    {
        var notebook = NotebookDocument.Load(WholeBook.Chapters.Single(chapter => chapter.Name == name).File);
        var referred = notebook.Cells.Where(cell => cell.Kind == CellKind.Code)
            .Select(cell => Reference().Matches(cell.Source).Select(match => match.Groups[1].Value)).ToList();
        Assert.Equal([Library], referred[0]);
        Assert.All(referred.Skip(1), Assert.Empty);
    }

    /// <summary>
    /// A host binds references one by one: a library of the book in another folder would lack what lies beside the first.
    /// </summary>
    [Fact]
    public void All_libraries_lie_in_one_folder()
    {
        var folder = Path.GetDirectoryName(Path.Combine(WholeBook.Folder.Notebooks, Library))!;
        Assert.Superset(
            new HashSet<string?> { "RnnBook.dll", "RnnBook.Claims.dll", "RnnBook.Exercises.dll", "RnnBook.Figures.dll", "RnnBook.Tasks.dll" },
            Directory.EnumerateFiles(folder, "*.dll").Select(Path.GetFileName).ToHashSet());
    }

    [GeneratedRegex("^#r \"(.*)\"", RegexOptions.Multiline)]
    private static partial Regex Reference();
}
