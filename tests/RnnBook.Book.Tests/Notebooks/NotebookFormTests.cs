using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>Notebooks stand in the repository without outputs and use only what every C# notebook host has.</summary>
public sealed partial class NotebookFormTests
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static TheoryData<string> Names => ChapterTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_notebook_stands_without_outputs(string name)
    {
        var notebook = Load(name);
        Assert.All(CodeCells(notebook), cell => Assert.True(cell.Outputs.Count == 0 && cell.ExecutionCount is null, $"{cell} has outputs"));
        Assert.Null(notebook.Metadata["rnnbook"]?["run"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_notebook_names_the_kernel_of_dotnet_interactive(string name)
    {
        var kernel = Load(name).Metadata["kernelspec"];
        Assert.Equal(".net-csharp", (string?)kernel?["name"]);
        Assert.Equal("C#", (string?)kernel?["language"]);
        Assert.Equal(".NET (C#)", (string?)kernel?["display_name"]);
    }

    /// <summary>In the file itself: reading would give ids to cells that lack one.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_cell_has_an_id_of_its_own_in_the_file(string name)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(FileOf(name)))!;
        Assert.Equal((4, 5), ((int)json["nbformat"]!, (int)json["nbformat_minor"]!));
        var ids = json["cells"]!.AsArray().Select(cell => (string?)cell!["id"] ?? "").ToList();
        Assert.All(ids, id => Assert.Matches(CellId(), id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cells_use_only_what_every_host_has(string name) =>
        Assert.All(CodeCells(Load(name)), cell => Assert.Empty(BeyondTheSurface(cell.Source)));

    [Theory]
    [InlineData("#!fsharp\n1")]
    [InlineData("var x = 1;\n#r \"late.dll\"")]
    [InlineData("#r bare.dll")]
    [InlineData("#load \"other.csx\"")]
    [InlineData("using var file = System.IO.File.OpenRead(\"x\");")]
    [InlineData("namespace Mine { class C { } }")]
    [InlineData("static class E { public static int Twice(this int x) => 2 * x; }")]
    [InlineData("static int Twice(this int x) => 2 * x;")]
    [InlineData("using Microsoft.DotNet.Interactive;")]
    [InlineData("Span<int> x = stackalloc int[3];")]
    [InlineData("var x = ;")]
    [InlineData("display(1).Update(2);")]
    public void What_other_hosts_lack_is_found(string source) => Assert.NotEmpty(BeyondTheSurface(source));

    [Theory]
    [InlineData("#r \"../a.dll\"\n// words\n#r \"nuget: MathNet.Numerics, 5.0.0\"\nusing System.IO;\nvar x = 1;\nx")]
    [InlineData("using (var file = File.OpenRead(\"x\")) { }\nawait Task.Delay(1);\nrecord R(int A);\nvar d = new R(1); display(d);")]
    [InlineData("static int F(Span<int> x) { Span<int> y = x; return y[0]; }")]
    public void What_every_host_has_passes(string source) => Assert.Empty(BeyondTheSurface(source));

    private static IEnumerable<string> BeyondTheSurface(string source)
    {
        var root = CSharpSyntaxTree.ParseText(source, Script).GetCompilationUnitRoot();
        foreach (var error in root.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error))
        {
            yield return error.ToString();
        }

        if (source.Contains("DotNet.Interactive", StringComparison.Ordinal))
        {
            yield return "names a host's own library";
        }

        foreach (var directive in root.DescendantTrivia().Where(trivia => trivia.IsDirective))
        {
            if (directive.Kind() is SyntaxKind.LoadDirectiveTrivia or SyntaxKind.BadDirectiveTrivia or SyntaxKind.ShebangDirectiveTrivia)
            {
                yield return $"'{directive}' is no #r with a quoted file or package";
            }
        }

        foreach (var node in root.DescendantNodes())
        {
            var problem = node switch
            {
                BaseNamespaceDeclarationSyntax => "a namespace",
                LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: GlobalStatementSyntax } => "using var",
                ParameterSyntax parameter when parameter.Modifiers.Any(SyntaxKind.ThisKeyword) => "an extension method",
                FieldDeclarationSyntax { Parent: CompilationUnitSyntax, Declaration.Type: GenericNameSyntax { Identifier.Text: "Span" or "ReadOnlySpan" } } =>
                    "a Span that outlives its cell",
                MemberAccessExpressionSyntax { Name.Identifier.Text: "Update", Expression: InvocationExpressionSyntax inner }
                    when inner.Expression.ToString() is "display" => "an update of a display: use LiveFigure",
                _ => null,
            };
            if (problem is not null)
            {
                yield return $"{problem}: {node.ToString().Split('\n')[0]}";
            }
        }
    }

    private static NotebookDocument Load(string name) => NotebookDocument.Load(FileOf(name));

    private static string FileOf(string name) => Path.Combine(WholeBook.Folder.Notebooks, name + ".ipynb");

    private static IEnumerable<Cell> CodeCells(NotebookDocument notebook) => notebook.Cells.Where(cell => cell.Kind == CellKind.Code);

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex CellId();
}
