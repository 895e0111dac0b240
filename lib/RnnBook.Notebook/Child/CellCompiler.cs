using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace RnnBook.Notebook;

/// <summary>
/// Compiles cells as Roslyn script submissions, each on top of the ones before it, with line numbers, and optimised where that may matter: the file name of
/// cell 3 is <c>[3]</c>.
/// </summary>
internal sealed class CellCompiler
{
    private const int MaximumErrors = 10;

    private static readonly string[] Usings =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        typeof(CellFunctions).FullName!,
    ];

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        usings: Usings,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        concurrentBuild: !OperatingSystem.IsBrowser());

    private readonly CellReferences references = new();
    private volatile Submission? previous;
    private int compilations;

    /// <summary>What the next cell would be compiled with; may be asked from any thread.</summary>
    public CompilationContext Context
    {
        get
        {
            var last = previous;
            return new(last?.Compilation, NewTo(last), Options);
        }
    }

    /// <summary>Compiles and loads a cell on top of the last <see cref="BuildOn"/>. The references that it names stay for later cells, even when it does not compile.</summary>
    /// <param name="code">The source.</param>
    /// <param name="cell">The execution's number.</param>
    /// <exception cref="CellCompileException">The source has errors, or a reference cannot be had.</exception>
    public Submission Compile(string code, int cell)
    {
        var text = SourceText.From(code, System.Text.Encoding.UTF8);
        var tree = CSharpSyntaxTree.ParseText(text, CellSource.ParseOptions, path: $"[{cell}]");
        ForeignDirectives.Refuse(tree);
        tree = references.Resolve(tree);
        var name = $"Submission#{++compilations}";

        // The first cell's usings hold for all. Named again, display would be ambiguous once a package brings the compiler, which this library
        // itself uses: it would be another library's then.
        var options = OptionsFor(tree).WithUsings(previous is null ? Usings : []).WithScriptClassName(name).WithSourceReferenceResolver(new LoadedFiles());
        var compilation = OnTopOfPrevious(CSharpCompilation.CreateScriptCompilation(name, tree, NewTo(previous), options, returnType: typeof(object)));
        var slot = previous?.Slot ?? 0;
        if (compilation.SyntaxTrees.All(part => part.GetCompilationUnitRoot().Members.Count == 0))
        {
            ThrowOnErrors(compilation.GetDiagnostics(), compilation, tree);
            return new Submission(compilation, references.Metadata, null, slot, false);
        }

        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        ThrowOnErrors(emitted.Diagnostics, compilation, tree);
        assembly.Position = symbols.Position = 0;
        var start = EntryPoint(compilation, references.Load(name, assembly, symbols));
        return new Submission(compilation, references.Metadata, start, slot + 1, HasResult(compilation, tree));
    }

    /// <summary>The following cells see what this one has declared.</summary>
    public void BuildOn(Submission submission) => previous = submission;

    /// <summary>
    /// What a cell sees that the one before it does not. The rest is inherited: named again, the compiler would go through all of it once for
    /// every cell there has been.
    /// </summary>
    private ImmutableArray<MetadataReference> NewTo(Submission? last)
    {
        var all = references.Metadata;
        return last is null ? all : all == last.References ? [] : [.. all.Except(last.References)];
    }

    /// <summary>Joined afterwards: handed to the constructor, the cell before would be analysed once more, although it has been compiled.</summary>
    private CSharpCompilation OnTopOfPrevious(CSharpCompilation cell) =>
        cell.WithScriptCompilationInfo(cell.ScriptCompilationInfo!.WithPreviousScriptCompilation(previous?.Compilation));

    /// <summary>The runtime knows lines exactly in code that it does not optimise, which costs nothing where nothing is repeated.</summary>
    private static CSharpCompilationOptions OptionsFor(SyntaxTree tree) =>
        CellSource.RunsOnce(tree.GetCompilationUnitRoot()) ? Options.WithOptimizationLevel(OptimizationLevel.Debug) : Options;

    private static Func<object?[], Task<object?>> EntryPoint(CSharpCompilation compilation, System.Reflection.Assembly assembly)
    {
        var entry = compilation.GetEntryPoint(default)!;
        return assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public
                | System.Reflection.BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
    }

    private static bool HasResult(CSharpCompilation compilation, SyntaxTree tree) =>
        tree.GetCompilationUnitRoot().Members.LastOrDefault() is GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement,
        }
        && compilation.GetSemanticModel(tree).GetTypeInfo(statement.Expression).Type is { SpecialType: not SpecialType.System_Void };

    private static void ThrowOnErrors(IEnumerable<Diagnostic> diagnostics, CSharpCompilation compilation, SyntaxTree cell)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(diagnostic => diagnostic.Location.SourceTree != cell).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToArray();
        if (errors.Length == 0)
        {
            return;
        }

        var lines = errors.Take(MaximumErrors).Select(error => Describe(error, cell)).ToList();
        if (errors.Length > MaximumErrors)
        {
            lines.Add($"… {errors.Length - MaximumErrors} more errors");
        }

        var first = errors[0];
        lines.AddRange(errors.Take(MaximumErrors).Select(error => CompileHints.For(error, compilation)).OfType<string>().Distinct());
        var isElsewhere = first.Location.SourceTree is { } tree && tree != cell;
        throw new CellCompileException(
            $"{first.Id}: {first.GetMessage()}{(isElsewhere ? $" ({Place(first, cell)})" : "")}", isElsewhere ? LoadingLine(cell) : LineOf(first), lines);
    }

    private static string Describe(Diagnostic error, SyntaxTree cell) => $"{Place(error, cell)}: error {error.Id}: {error.GetMessage()}";

    /// <summary>Line and column, with the file's name where a loaded file is meant.</summary>
    private static string Place(Diagnostic error, SyntaxTree cell)
    {
        var place = error.Location.GetLineSpan();
        var file = error.Location.SourceTree is { } tree && tree != cell ? Path.GetFileName(place.Path) : "";
        return $"{file}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1})";
    }

    private static int LoadingLine(SyntaxTree cell) => cell.GetCompilationUnitRoot().GetLoadDirectives() is [var load, ..]
        ? load.GetLocation().GetLineSpan().StartLinePosition.Line + 1 : 1;

    private static int LineOf(Diagnostic error) => error.Location.GetLineSpan().StartLinePosition.Line + 1;
}
