using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Formatting;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Recommendations;
using Microsoft.CodeAnalysis.Text;

namespace RnnBook.Notebook;

/// <summary>Makes a source that is being typed a document that sees what the cells before it have declared, as Roslyn's own tools for editors want it.</summary>
internal sealed class CellDocuments
{
    private const string Name = "Submission#typed";

    private readonly ConditionalWeakTable<Compilation, ProjectId> known = [];

    private Solution solution = new AdhocWorkspace(
        MefHostServices.Create([typeof(Workspace).Assembly, typeof(CSharpFormattingOptions).Assembly])).CurrentSolution;

    /// <summary>A source that is not compiled yet.</summary>
    /// <param name="code">The source, maybe broken.</param>
    /// <param name="context">What it would be compiled with.</param>
    public async Task<TypedCell> OpenAsync(string code, CompilationContext context)
    {
        var text = SourceText.From(code);
        var project = Project(Name, text, context.Options.WithScriptClassName(Name), context.References, AddChain(context.Previous));
        var document = solution.AddProject(project).GetProject(project.Id)!.Documents.Single();
        return new TypedCell(
            code,
            (await document.GetSyntaxRootAsync().ConfigureAwait(false))!,
            (await document.GetSemanticModelAsync().ConfigureAwait(false))!,
            place => Recommender.GetRecommendedSymbolsAtPositionAsync(document, place).GetAwaiter().GetResult());
    }

    /// <summary>Adds a compiled cell and those before it, each a project that refers to the one before.</summary>
    private ProjectId? AddChain(Compilation? last)
    {
        var missing = new Stack<Compilation>();
        ProjectId? previous = null;
        for (var cell = last; cell is not null && !known.TryGetValue(cell, out previous); cell = cell.ScriptCompilationInfo?.PreviousScriptCompilation)
        {
            missing.Push(cell);
        }

        foreach (var cell in missing)
        {
            var project = Project(
                cell.AssemblyName!, cell.SyntaxTrees.Single().GetText(), (CSharpCompilationOptions)cell.Options, [.. cell.References], previous);
            solution = solution.AddProject(project);
            known.Add(cell, previous = project.Id);
        }

        return previous;
    }

    private static ProjectInfo Project(
        string name, SourceText text, CSharpCompilationOptions options, ImmutableArray<MetadataReference> references, ProjectId? previous)
    {
        var id = ProjectId.CreateNewId();
        var document = DocumentInfo.Create(
            DocumentId.CreateNewId(id), name, sourceCodeKind: SourceCodeKind.Script,
            loader: TextLoader.From(TextAndVersion.Create(text, VersionStamp.Default)));
        return ProjectInfo.Create(
            id, VersionStamp.Default, name, name, LanguageNames.CSharp, compilationOptions: options,
            parseOptions: CellSource.ParseOptions.WithDocumentationMode(DocumentationMode.Parse), documents: [document],
            projectReferences: previous is null ? [] : [new ProjectReference(previous)],
            metadataReferences: references, isSubmission: true);
    }
}
