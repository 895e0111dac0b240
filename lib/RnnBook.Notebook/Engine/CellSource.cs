using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnBook.Notebook;

/// <summary>Finds lines in a cell's source by its syntax, for failures that leave no line number behind.</summary>
internal static class CellSource
{
    /// <summary>How cells are read: C# script, the newest language version.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>The line of the first statement or declaration, from 1.</summary>
    public static int FirstLine(string code)
    {
        var root = Parse(code);
        return root.Members.Count > 0 ? LineOf(root.Members[0]) : 1;
    }

    /// <summary>The line on which a cell that does not end most likely waits: its first <c>await</c>, else its first line of code.</summary>
    public static int WaitingLine(string code)
    {
        var waiting = Parse(code).DescendantNodes().OfType<AwaitExpressionSyntax>().FirstOrDefault();
        return waiting is null ? FirstLine(code) : LineOf(waiting);
    }

    /// <summary>
    /// The line in a loop that a stopped thread was in. The runtime attributes optimised loops to the code before them: when the line
    /// that it names is in no loop, the next loop is meant.
    /// </summary>
    public static int LoopFrom(string code, int line)
    {
        var loops = Parse(code).DescendantNodes().Where(IsLoop).ToArray();
        return loops.Any(loop => LineOf(loop) <= line && line <= LastLineOf(loop))
            ? line
            : loops.Select(LineOf).Where(start => start >= line).DefaultIfEmpty(line).First();
    }

    /// <summary>Whether no part of the cell can run more than once: it has neither loops nor functions.</summary>
    public static bool RunsOnce(SyntaxNode root) => !root.DescendantNodes().Any(node =>
        IsLoop(node) || IsFunction(node) || node is BaseTypeDeclarationSyntax or QueryExpressionSyntax or GotoStatementSyntax);

    /// <summary>
    /// The lines that read or write an element in the function that holds a line, or outside of all functions when there is no line.
    /// Empty for a cell that is not optimised: there the runtime knows better.
    /// </summary>
    public static int[] IndexingLines(string code, int? line)
    {
        var root = Parse(code);
        if (RunsOnce(root))
        {
            return [];
        }

        var function = line is null ? null : root.DescendantNodes()
            .LastOrDefault(node => IsFunction(node) && LineOf(node) <= line && line <= LastLineOf(node));
        return [.. root.DescendantNodes().OfType<ElementAccessExpressionSyntax>()
            .Where(access => access.Ancestors().FirstOrDefault(IsFunction) == function).Select(LineOf).Distinct()];
    }

    /// <summary>The line that declares a function or method of that name, else the first that mentions it; null where neither exists.</summary>
    public static int? LineOfMethod(string code, string name)
    {
        var nodes = Parse(code).DescendantNodes().ToArray();
        var found = nodes.FirstOrDefault(node => NameDeclaredBy(node) == name)
            ?? nodes.OfType<SimpleNameSyntax>().FirstOrDefault(node => node.Identifier.ValueText == name);
        return found is null ? null : LineOf(found);
    }

    private static bool IsLoop(SyntaxNode node) =>
        node is WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax or ForStatementSyntax;

    private static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or AccessorDeclarationSyntax;

    private static string? NameDeclaredBy(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        ConstructorDeclarationSyntax => ".ctor",
        PropertyDeclarationSyntax property => "get_" + property.Identifier.ValueText,
        _ => null,
    };

    private static CompilationUnitSyntax Parse(string code) => SyntaxFactory.ParseCompilationUnit(code, options: ParseOptions);

    private static int LastLineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().EndLinePosition.Line + 1;

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
