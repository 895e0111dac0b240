using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>A cell after what people reported of other notebook tools.</summary>
/// <param name="Name">Its chapter's name.</param>
/// <param name="Code">The cell.</param>
/// <param name="Says">What it shows, or what its error says.</param>
/// <param name="Advice">What stands below the error as the way out; null where the cell runs.</param>
internal sealed record CellCase(string Name, string Code, string Says, string? Advice = null)
{
    public bool Fails => Advice is not null;
}

/// <summary>A book of such cells: each has a chapter of its own, and what it loads lies beside.</summary>
internal static class CellCases
{
    private static readonly string Roslyn = typeof(Microsoft.CodeAnalysis.SyntaxNode).Assembly.GetName().Version!.ToString(3);

    public static IReadOnlyList<CellCase> All { get; } =
    [
        new("00-dependency-beside-the-first", "#r \"first/MathNet.Numerics.dll\"\n#r \"second/RnnBook.Tasks.dll\"\nusing RnnBook;\nnew AddingProblem(50).GetType().BaseType.Assembly.GetName().Name", "RnnBook"),
        new("01-dependency-beside-the-second", "#r \"second/RnnBook.Tasks.dll\"\n#r \"first/MathNet.Numerics.dll\"\nusing RnnBook;\nnew AddingProblem(50).GetType().BaseType.Assembly.GetName().Name", "RnnBook"),
        new("02-compiler-as-package", $"#r \"nuget: Microsoft.CodeAnalysis.CSharp, {Roslyn}\"\nvar kind = Microsoft.CodeAnalysis.CSharp.SyntaxFactory.ParseExpression(\"1 + 2\").RawKind;\ndisplay(kind > 0 ? \"one display\" : \"\");", "one display"),
        new("03-package-after-a-statement", "using System.Text;\nvar before = \"after \";\n#r \"nuget: FsCheck, 3.6.0\"\nbefore + typeof(FsCheck.Gen<int>).Name", "after Gen`1"),
        new("04-load", "#load \"helper.csx\"\nShow(5);", "shown 5"),
        new("05-load-fails", "#load \"broken.csx\"", "CS0103", "broken.csx(2,9)"),
        new("06-chart", $"#r \"{WholeBook.Folder.Root}/artifacts/book/RnnBook.Interactive.dll\"\nusing Plotly.NET.CSharp;\nChart.Line<double, double, string>(new[] {{ 1.0, 2 }}, new[] {{ 1.0, 4 }}).WithXAxisStyle<double, double, string>(TitleText: \"steps\")", "Horizontal axis: steps."),
        new("07-culture", "using System.Globalization;\n1.5.ToString(new CultureInfo(\"de-DE\")) + \" and \" + 1.5", "1,5 and 1.5"),
        new("08-huge-message", "throw new Exception(new string('x', 100_000));", "98,000 more letters", ""),
        new("09-deep-exceptions", "Exception inner = null;\nfor (var i = 0; i < 10; i++) inner = new Exception($\"level {i} {new string('x', 100_000)}\", inner);\nthrow inner;", "level 9", "level 0"),
        new("10-child-process", "System.Diagnostics.Process.Start(\"echo\", \"from a child\").WaitForExit();", "from a child"),
        new("11-extension-class", "public static class E { public static int Twice(this int x) => 2 * x; }", "CS1109", "write the method alone"),
        new("12-whole-program", "namespace Mine\n{\n    class Program { static void Main() { } }\n}", "CS7021", "take the namespace out"),
    ];

    public static TheoryData<string> Names => [.. All.Where(IsPossible).Select(one => one.Name)];

    public static CellCase Of(string name) => All.Single(one => one.Name == name);

    public static TinyBook NewBook()
    {
        var book = new TinyBook();
        foreach (var one in All.Where(IsPossible))
        {
            book.Chapter(one.Name, one.Code);
        }

        book.File("helper.csx", "int Twice(int x) => 2 * x;\nvoid Show(int x) { display($\"shown {x}\"); }");
        book.File("broken.csx", "int a = 1;\nint b = unknown;");
        var libraries = Path.Combine(WholeBook.Folder.Root, "artifacts", "book");
        foreach (var (folder, files) in new[] { ("first", ["MathNet.Numerics.dll", "RnnBook.dll", "System.Numerics.Tensors.dll"]), ("second", new[] { "RnnBook.Tasks.dll" }) })
        {
            var target = Directory.CreateDirectory(Path.Combine(book.Notebooks, folder)).FullName;
            foreach (var file in files)
            {
                File.Copy(Path.Combine(libraries, file), Path.Combine(target, file));
            }
        }

        return book;
    }

    /// <summary>All cells as one notebook, for a host that goes on after an error.</summary>
    public static NotebookDocument InOneNotebook()
    {
        var notebook = new NotebookDocument();

        // The chart first: it needs a newer FSharp.Core than the package that another cell names, and the first library of a name stays.
        foreach (var one in All.Where(IsPossible).OrderBy(one => one.Name != "06-chart"))
        {
            var cell = new Cell(CellKind.Code, one.Code);
            cell.Json["id"] = one.Name;
            notebook.Cells.Add(cell);
        }

        return notebook;
    }

    /// <summary>All that an output says in words, whatever its kind is.</summary>
    public static string TextOf(JsonNode? output) => CellOutput.TypeOf(output) == "error"
        ? $"{output!["evalue"]}\n{string.Join('\n', output["traceback"]!.AsArray().Select(line => (string?)line))}"
        : CellOutput.Text(output) ?? "";

    private static bool IsPossible(CellCase one) => one.Name switch
    {
        "07-culture" => CellEngine.HasCultures,
        "10-child-process" => !OperatingSystem.IsWindows(),
        _ => true,
    };
}
