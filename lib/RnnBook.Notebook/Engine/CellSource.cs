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

    /// <summary>The line that declares a function or method of that name, else the first that mentions it; null where neither exists.</summary>
    public static int? LineOfMethod(string code, string name)
    {
        var nodes = Parse(code).DescendantNodes().ToArray();
        var found = nodes.FirstOrDefault(node => NameDeclaredBy(node) == name)
            ?? nodes.OfType<SimpleNameSyntax>().FirstOrDefault(node => node.Identifier.ValueText == name);
        return found is null ? null : LineOf(found);
    }

    private static string? NameDeclaredBy(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        ConstructorDeclarationSyntax => ".ctor",
        PropertyDeclarationSyntax property => "get_" + property.Identifier.ValueText,
        _ => null,
    };

    private static CompilationUnitSyntax Parse(string code) => SyntaxFactory.ParseCompilationUnit(code, options: ParseOptions);

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
