using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnBook.Notebook;

/// <summary>Says what a name means: the one that the cursor touches, else the method whose arguments it stands between.</summary>
internal static class Inspector
{
    private const int MaximumOverloads = 8;

    /// <summary>Null where there is nothing to say.</summary>
    public static Inspection? Inspect(TypedCell cell, int cursor)
    {
        foreach (var node in Candidates(cell.Root, cursor))
        {
            var symbols = SymbolsOf(cell.Model, node);
            if (symbols.Count > 0)
            {
                return Describe(node, symbols);
            }
        }

        return null;
    }

    /// <summary>The parameters of all methods or constructors that the arguments may be meant for.</summary>
    public static IEnumerable<IParameterSymbol> ParametersOf(SemanticModel model, BaseArgumentListSyntax arguments) =>
        Called(arguments) is { } called ? SymbolsOf(model, called).OfType<IMethodSymbol>().SelectMany(method => method.Parameters) : [];

    private static IEnumerable<SyntaxNode> Candidates(SyntaxNode root, int cursor)
    {
        // A cursor touches the token behind it and the one before it.
        foreach (var position in new[] { cursor, cursor - 1 }.Where(position => position >= 0))
        {
            var token = root.FindToken(position);
            if (token.Span.Contains(position) && token.Parent is { } parent && (IsName(token) || parent is PredefinedTypeSyntax))
            {
                yield return parent;
            }
        }

        foreach (var arguments in root.FindToken(Math.Max(cursor - 1, 0)).Parent?.AncestorsAndSelf().OfType<BaseArgumentListSyntax>() ?? [])
        {
            if (Called(arguments) is { } called)
            {
                yield return called;
            }
        }
    }

    private static ExpressionSyntax? Called(BaseArgumentListSyntax arguments) => arguments.Parent switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name,
        InvocationExpressionSyntax { Expression: var called } => called,
        BaseObjectCreationExpressionSyntax created => created,
        _ => null,
    };

    private static bool IsName(SyntaxToken token) => token.IsKind(SyntaxKind.IdentifierToken) || token.Kind() is SyntaxKind.ThisKeyword or SyntaxKind.BaseKeyword;

    private static List<ISymbol> SymbolsOf(SemanticModel model, SyntaxNode node)
    {
        if (model.GetDeclaredSymbol(node) is { } declared)
        {
            return [declared];
        }

        // "new Name(" means a constructor, and "Name(" the overload that fits.
        var asked = node is SimpleNameSyntax { Parent: ObjectCreationExpressionSyntax creation } && creation.Type == node ? creation : node;
        var info = model.GetSymbolInfo(asked);
        var best = info.Symbol is { } one ? [one] : info.CandidateSymbols;
        if (best.IsEmpty)
        {
            return asked is TypeSyntax && model.GetTypeInfo(asked).Type is { TypeKind: not TypeKind.Error } type ? [type] : [];
        }

        return [best[0], .. Overloads(model, asked, best[0]).Where(other => !SymbolEqualityComparer.Default.Equals(other, best[0]))];
    }

    private static IEnumerable<ISymbol> Overloads(SemanticModel model, SyntaxNode node, ISymbol chosen) => chosen switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor =>
            constructor.ContainingType.InstanceConstructors.Where(other => other.DeclaredAccessibility == Accessibility.Public),
        IMethodSymbol when node is ExpressionSyntax expression => model.GetMemberGroup(expression),
        _ => [],
    };

    private static Inspection Describe(SyntaxNode node, List<ISymbol> symbols)
    {
        var lines = symbols.Take(MaximumOverloads).Select(SymbolSignature.Of).Distinct().ToList();
        if (symbols.Count > MaximumOverloads)
        {
            lines.Add($"// and {symbols.Count - MaximumOverloads} more");
        }

        var signature = string.Join('\n', lines);
        var documentation = symbols.Select(SymbolDocumentation.Of).FirstOrDefault(text => text.Length > 0, "");
        var between = documentation.Length > 0 ? "\n\n" : "";
        return new Inspection(
            node.SpanStart, node.Span.End,
            $"{signature}{between}{documentation.Replace("`", "", StringComparison.Ordinal)}",
            $"```csharp\n{signature}\n```{between}{documentation}");
    }
}
