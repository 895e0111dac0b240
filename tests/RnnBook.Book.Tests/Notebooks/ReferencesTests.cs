using System.Text.RegularExpressions;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>What chapters refer to: the built libraries, in the first code cell, and each assembly from one place.</summary>
public sealed partial class ReferencesTests
{
    private static readonly string[] Libraries =
    [
        "../artifacts/bin/RnnBook.Figures/release/RnnBook.Figures.dll",
        "../artifacts/bin/RnnBook.Exercises/release/RnnBook.Exercises.dll",
    ];

    public static TheoryData<string> Names => ChapterTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_first_code_cell_refers_to_libraries(string name)
    {
        var notebook = NotebookDocument.Load(WholeBook.Chapters.Single(chapter => chapter.Name == name).File);
        var referred = notebook.Cells.Where(cell => cell.Kind == CellKind.Code)
            .Select(cell => Reference().Matches(cell.Source).Select(match => match.Groups[1].Value)).ToList();
        Assert.Equal(Libraries, referred[0]);
        Assert.All(referred.Skip(1), Assert.Empty);
    }

    /// <summary>
    /// Of two assemblies of one name in different folders the book's engine takes the first that is named, but Roslyn's script host,
    /// which .NET Interactive uses, the last one of the cell; and either may be an older build. So there is only one.
    /// </summary>
    [Fact]
    public void No_assembly_lies_beside_two_libraries()
    {
        var assemblies = Libraries.Select(library => Path.GetDirectoryName(Path.Combine(WholeBook.Folder.Notebooks, library))!)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll")).Select(Path.GetFileName).ToList();
        Assert.Contains("RnnBook.dll", assemblies);
        Assert.Equal(assemblies.Distinct(), assemblies);
    }

    [GeneratedRegex("^#r \"(.*)\"", RegexOptions.Multiline)]
    private static partial Regex Reference();
}
