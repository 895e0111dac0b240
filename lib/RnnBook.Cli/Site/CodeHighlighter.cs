using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace RnnBook.Cli;

/// <summary>
/// Colours a notebook's C# cells as an editor would: each cell is a script submission that sees those before it, and Roslyn's classifier says
/// what every word is. Spans carry the classes <c>k</c> keyword, <c>t</c> type, <c>m</c> method, <c>s</c> string, <c>n</c> number,
/// <c>c</c> comment, <c>d</c> directive.
/// </summary>
internal sealed class CodeHighlighter : IDisposable
{
    private static readonly string[] Usings =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    private readonly AdhocWorkspace workspace = new();

    /// <summary>What cells can name: everything this program is built from, which includes the book's libraries.</summary>
    private readonly List<MetadataReference> references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator).Where(File.Exists).Select(file => MetadataReference.CreateFromFile(file)),
    ];

    /// <summary>The cells as html. Its text is the source to the letter.</summary>
    public async Task<IReadOnlyList<string>> HighlightAsync(IReadOnlyList<string> cells, CancellationToken token)
    {
        var solution = workspace.CurrentSolution;
        var documents = new List<DocumentId>();
        foreach (var source in cells)
        {
            solution = AddSubmission(solution, source, documents);
        }

        var html = new List<string>();
        foreach (var (source, id) in cells.Zip(documents))
        {
            var spans = await Classifier.GetClassifiedSpansAsync(solution.GetDocument(id)!, new TextSpan(0, source.Length), token);
            html.Add(Write(source, spans));
        }

        return html;
    }

    public void Dispose() => workspace.Dispose();

    private Solution AddSubmission(Solution solution, string source, List<DocumentId> documents)
    {
        var project = ProjectId.CreateNewId();
        var name = $"cell{documents.Count}";
        var document = DocumentId.CreateNewId(project);
        // What the cell before sees is inherited.
        var (seen, before) = documents.Count == 0
            ? (references, Enumerable.Empty<ProjectReference>())
            : ([], [new ProjectReference(documents[^1].ProjectId)]);
        documents.Add(document);
        return solution
            .AddProject(ProjectInfo.Create(
                project, VersionStamp.Default, name, name, LanguageNames.CSharp, isSubmission: true,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: Usings),
                parseOptions: new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script),
                metadataReferences: seen, projectReferences: before))
            .AddDocument(DocumentInfo.Create(
                document, name, sourceCodeKind: SourceCodeKind.Script,
                loader: TextLoader.From(TextAndVersion.Create(SourceText.From(source), VersionStamp.Default))));
    }

    private static string Write(string source, IEnumerable<ClassifiedSpan> spans)
    {
        var html = new StringBuilder();
        var at = 0;
        foreach (var span in spans.Where(span => ClassOf(span.ClassificationType) is not null).OrderBy(span => span.TextSpan.Start))
        {
            // A word may be classified twice (a method, and static); the first counts.
            if (span.TextSpan.Start < at)
            {
                continue;
            }

            html.Append(Html.Escape(source[at..span.TextSpan.Start]));
            var text = Html.Escape(source.Substring(span.TextSpan.Start, span.TextSpan.Length));
            html.Append("<span class=\"").Append(ClassOf(span.ClassificationType)).Append("\">").Append(text).Append("</span>");
            at = span.TextSpan.End;
        }

        return html.Append(Html.Escape(source[at..])).ToString();
    }

    private static string? ClassOf(string classification) => classification switch
    {
        ClassificationTypeNames.Keyword or ClassificationTypeNames.ControlKeyword => "k",
        ClassificationTypeNames.ClassName or ClassificationTypeNames.RecordClassName or ClassificationTypeNames.StructName
            or ClassificationTypeNames.RecordStructName or ClassificationTypeNames.InterfaceName or ClassificationTypeNames.EnumName
            or ClassificationTypeNames.DelegateName or ClassificationTypeNames.TypeParameterName => "t",
        ClassificationTypeNames.MethodName or ClassificationTypeNames.ExtensionMethodName => "m",
        ClassificationTypeNames.StringLiteral or ClassificationTypeNames.VerbatimStringLiteral
            or ClassificationTypeNames.StringEscapeCharacter => "s",
        ClassificationTypeNames.NumericLiteral => "n",
        ClassificationTypeNames.Comment => "c",
        ClassificationTypeNames.PreprocessorKeyword => "d",
        _ => classification.StartsWith("xml doc comment", StringComparison.Ordinal) ? "c" : null,
    };
}
