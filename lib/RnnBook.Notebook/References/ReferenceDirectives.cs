using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace RnnBook.Notebook;

/// <summary>The <c>#r</c> lines of a cell, which may stand anywhere in it: the compiler itself wants them first.</summary>
internal static class ReferenceDirectives
{
    /// <summary>What the lines name, and where they stand, from 1.</summary>
    public static IEnumerable<(string Reference, int Line)> In(SyntaxTree tree) =>
        Find(tree).Select(directive => (directive.File.ValueText, directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1));

    /// <summary>The source without them, line for line. The compiler would look for them itself: "#r" becomes "//".</summary>
    public static SyntaxTree TakenOut(SyntaxTree tree)
    {
        var changes = Find(tree)
            .Select(directive => new TextChange(TextSpan.FromBounds(directive.HashToken.SpanStart, directive.ReferenceKeyword.Span.End), "//")).ToList();
        return changes.Count == 0 ? tree : tree.WithChangedText(tree.GetText().WithChanges(changes));
    }

    /// <summary>Does what a line asks for.</summary>
    /// <exception cref="CellCompileException">It cannot be had; the line is the directive's.</exception>
    public static void At(int line, Action add)
    {
        try
        {
            add();
        }
        catch (ReferenceException exception)
        {
            throw new CellCompileException(exception.Message, line, [$"({line},1): error: {exception.Message}"]);
        }
    }

    private static IEnumerable<ReferenceDirectiveTriviaSyntax> Find(SyntaxTree tree) =>
        tree.GetRoot().DescendantTrivia().Select(trivia => trivia.GetStructure()).OfType<ReferenceDirectiveTriviaSyntax>()
            .Where(directive => directive.IsActive && !directive.File.IsMissing);
}

/// <summary>A reference that cannot be had; the message is one line.</summary>
internal sealed class ReferenceException(string message) : Exception(message);
