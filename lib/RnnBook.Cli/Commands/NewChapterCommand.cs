using System.CommandLine;
using System.Text.RegularExpressions;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary><c>book new</c>: the skeleton of a chapter, with the sections that every chapter has.</summary>
internal static partial class NewChapterCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "Number and name, such as 08-gates-and-shortcuts." };

    public static Command Create()
    {
        var command = new Command("new", "Write the skeleton of a chapter to notebooks/.") { Name };
        command.SetAction(parsed => Write(BookFolder.Find(), parsed.GetValue(Name)!));
        return command;
    }

    private static int Write(BookFolder book, string name)
    {
        var words = ChapterName().Match(name);
        if (!words.Success)
        {
            throw new BookException($"\"{name}\" names no chapter: two digits and small letters with dashes are needed, such as 08-gates-and-shortcuts.");
        }

        var file = Path.Combine(book.Notebooks, name + ".ipynb");
        if (File.Exists(file))
        {
            throw new BookException($"{file} exists already.");
        }

        var (number, title) = (words.Groups[1].Value, words.Groups[2].Value.Replace('-', ' '));
        var notebook = new NotebookDocument();
        foreach (var (kind, source) in Skeleton(number, char.ToUpperInvariant(title[0]) + title[1..]))
        {
            notebook.Cells.Add(new Cell(kind, source));
        }

        notebook.Save(file);
        Terminal.Output.Say($"{file}: fill it in, then `book run {number}`. CONTRIBUTING.md says what belongs where.");
        return 0;
    }

    private static IEnumerable<(CellKind Kind, string Source)> Skeleton(string number, string title)
    {
        yield return (CellKind.Markdown, $"""
            # {number} {title}

            One paragraph: the question of the chapter, in plain words.

            **What you will be able to do**

            -

            **What you need**: C#, calculus, and …

            **Minutes**: about … to read; the cells run in …
            """);
        yield return (CellKind.Code, """
            #r "../artifacts/book/RnnBook.Interactive.dll"
            using RnnBook;
            using RnnBook.Figures;

            var claims = ClaimBook.Load("../data/claims.json");
            var profile = Profile.Current;
            var seeds = profile.Seeds(quick: 10, full: 20, paper: 20);
            Console.WriteLine($"{profile}, {seeds.Count} seeds");
            """);
        yield return (CellKind.Markdown, """
            ## 1. A question

            Question, guess, formula with shapes, from scratch, check, library, figure, verdict, attack.
            """);
        yield return (CellKind.Markdown, """
            ## Summary

            -

            ## Exercises
            """);
        yield return (CellKind.Markdown, """
            ## Sources

            -
            """);
    }

    [GeneratedRegex("^([0-9]{2})-([a-z0-9]+(?:-[a-z0-9]+)*)$")]
    private static partial Regex ChapterName();
}
