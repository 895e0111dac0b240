using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnBook.Notebook;

/// <summary>Explains the lines that other notebook engines take for commands: the compiler's own words would not help.</summary>
internal static class ForeignDirectives
{
    /// <exception cref="CellCompileException">The cell has such a line.</exception>
    public static void Refuse(SyntaxTree tree)
    {
        foreach (var trivia in tree.GetRoot().DescendantTrivia().Where(trivia => trivia.HasStructure))
        {
            if (trivia.GetStructure() is (BadDirectiveTriviaSyntax or ShebangDirectiveTriviaSyntax) and var directive
                && Explain(directive.ToString().Trim()) is { } message)
            {
                var line = directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                throw new CellCompileException(message, line, [$"({line},1): error: {message}"]);
            }
        }
    }

    private static string? Explain(string text)
    {
        var name = text.Split(' ', '\t', '\n')[0].TrimEnd('\r');
        return name is "#!csharp" or "#!c#" ? null
            : name.StartsWith("#!", StringComparison.Ordinal) ? $"{name} is a command of .NET Interactive; here a cell is C# only: take the line out."
            : name == "#i" ? "#i is not known here: packages come from the sources in this machine's NuGet configuration."
            : null;
    }
}
