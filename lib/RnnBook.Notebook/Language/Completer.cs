using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnBook.Notebook;

/// <summary>Finds what could stand at a place: names that the compiler knows there, names of arguments, and keywords where no member is asked for.</summary>
internal static class Completer
{
    // The reserved ones, and those of the others that stand at the beginning of something.
    private static readonly string[] Keywords =
    [
        .. SyntaxFacts.GetReservedKeywordKinds().Select(SyntaxFacts.GetText).Where(text => text.All(char.IsAsciiLetterLower)),
        "async", "await", "dynamic", "from", "get", "init", "nameof", "not", "orderby", "record", "required", "select", "set", "var", "when",
        "where", "with", "yield",
    ];

    /// <summary>What fits the word before the cursor, whatever its case.</summary>
    public static Completions Complete(TypedCell cell, int cursor)
    {
        var (text, root) = (cell.Text, cell.Root);
        var (start, end) = WordAt(text, cursor);
        if (IsLiteralOrComment(root, cursor) || (start < text.Length && char.IsAsciiDigit(text[start])))
        {
            return Completions.None(cursor);
        }

        var prefix = text[start..cursor].TrimStart('@');
        var symbols = cell.NamesAt(cursor);
        var before = root.FindToken(Math.Max(start - 1, 0));
        if (before.Parent is InitializerExpressionSyntax { Parent: ExpressionSyntax made })
        {
            symbols = InitializedIn(made, cell.Model).Concat(symbols);
        }

        var items = symbols.Where(symbol => symbol.CanBeReferencedByName && Fits(symbol.Name, prefix))
            .DistinctBy(symbol => symbol.Name)
            .Select(symbol => new CompletionItem(Escaped(symbol.Name), KindOf(symbol)));
        if (before.Parent is BaseArgumentListSyntax arguments && before.Kind() is SyntaxKind.OpenParenToken or SyntaxKind.CommaToken)
        {
            items = Inspector.ParametersOf(cell.Model, arguments).Select(parameter => parameter.Name).Distinct().Where(name => Fits(name, prefix))
                .Select(name => new CompletionItem(Escaped(name) + ":", "parameter")).Concat(items);
        }

        if (prefix.Length > 0 && !IsMemberAccess(root, start))
        {
            items = items.Concat(Keywords.Where(keyword => Fits(keyword, prefix)).Select(keyword => new CompletionItem(keyword, "keyword")));
        }

        return new Completions(start, end, [.. items
            .OrderByDescending(item => item.Text.StartsWith(prefix, StringComparison.Ordinal))
            .ThenBy(item => item.Text, StringComparer.OrdinalIgnoreCase).ThenBy(item => item.Text, StringComparer.Ordinal)]);
    }

    private static bool Fits(string name, string prefix) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The word that the cursor stands in, with its @: from where to where it goes.</summary>
    public static (int Start, int End) WordAt(string text, int cursor)
    {
        var (start, end) = (cursor, cursor);
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && SyntaxFacts.IsIdentifierPartCharacter(text[end]))
        {
            end++;
        }

        return (start > 0 && text[start - 1] == '@' ? start - 1 : start, end);
    }

    private static bool IsLiteralOrComment(SyntaxNode root, int cursor)
    {
        if (cursor == 0)
        {
            return false;
        }

        var before = root.FindTrivia(cursor - 1);
        if (before.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia
            || (before.Kind() is SyntaxKind.MultiLineCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia && cursor < before.FullSpan.End))
        {
            return true;
        }

        var token = root.FindToken(cursor - 1, findInsideTrivia: true);
        return token.Span.Contains(cursor - 1)
            && (token.Kind() is SyntaxKind.InterpolatedStringTextToken or SyntaxKind.NumericLiteralToken or SyntaxKind.CharacterLiteralToken
                || (token.ValueText is not null && IsText(token.Kind()) && (cursor < token.Span.End || token.ContainsDiagnostics)));
    }

    private static bool IsText(SyntaxKind kind) => kind is SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken
        or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken;

    private static bool IsMemberAccess(SyntaxNode root, int start) =>
        start > 0 && root.FindToken(start - 1) is var token
        && (token.IsKind(SyntaxKind.DotToken) || (token.IsKind(SyntaxKind.QuestionToken) && token.Parent is ConditionalAccessExpressionSyntax));

    /// <summary>What an object initializer may set, which Roslyn does not recommend.</summary>
    private static IEnumerable<ISymbol> InitializedIn(ExpressionSyntax made, SemanticModel model) =>
        model.GetTypeInfo(made is WithExpressionSyntax with ? with.Expression : made).Type is not { } type ? []
            : model.LookupSymbols(made.SpanStart, type)
                .Where(symbol => symbol is IPropertySymbol { SetMethod: not null, IsStatic: false } or IFieldSymbol { IsReadOnly: false, IsStatic: false });

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string KindOf(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => type.TypeKind.ToString().ToLowerInvariant(),
        ITypeParameterSymbol => "type",
        IMethodSymbol => "method",
        IPropertySymbol => "property",
        IEventSymbol => "event",
        INamespaceSymbol => "namespace",
        IFieldSymbol { IsConst: true } or ILocalSymbol { IsConst: true } => "constant",
        IFieldSymbol { ContainingType.IsScriptClass: false } => "field",
        _ => "variable",
    };
}
