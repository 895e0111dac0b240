using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnBook.Notebook;

/// <summary>Lets the compiler say what a source that is being typed could go on with: Roslyn's tools for editors would be megabytes more to fetch.</summary>
internal static class CellDocuments
{
    private const string Name = "Submission#typed";

    /// <summary>A source that is not compiled yet.</summary>
    /// <param name="code">The source, maybe broken.</param>
    /// <param name="context">What it would be compiled with.</param>
    public static TypedCell Open(string code, CompilationContext context)
    {
        var tree = CSharpSyntaxTree.ParseText(code, CellSource.ParseOptions);
        var cell = CSharpCompilation.CreateScriptCompilation(
            Name, tree, context.References, context.Options.WithScriptClassName(Name), (CSharpCompilation?)context.Previous, typeof(object));
        var (root, model) = (tree.GetRoot(), cell.GetSemanticModel(tree));
        return new TypedCell(code, root, model, place => NamesAt(code, root, model, place));
    }

    private static IEnumerable<ISymbol> NamesAt(string code, SyntaxNode root, SemanticModel model, int place)
    {
        place = Completer.WordAt(code, place).Start;
        var before = root.FindToken(Math.Max(place - 1, 0));
        return before.Parent switch
        {
            _ when !before.IsKind(SyntaxKind.DotToken) => NamesBehind(before, model, place),
            MemberAccessExpressionSyntax access => MembersOf(access.Expression, model, place),
            QualifiedNameSyntax name => MembersOf(name.Left, model, place),
            MemberBindingExpressionSyntax binding when binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } access =>
                InstanceMembers(WithoutNull(model.GetTypeInfo(access.Expression).Type), model, place),
            _ => [],
        };
    }

    private static IEnumerable<ISymbol> NamesBehind(SyntaxToken before, SemanticModel model, int place) => before.Parent switch
    {
        UsingDirectiveSyntax when !before.IsKind(SyntaxKind.SemicolonToken) => model.LookupNamespacesAndTypes(place),
        BaseObjectCreationExpressionSyntax when before.IsKind(SyntaxKind.NewKeyword) =>
            model.LookupNamespacesAndTypes(place).Where(symbol => symbol is not INamedTypeSymbol { IsStatic: true }),
        // Only what can be set, which the completer adds.
        InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax made } when !IsCollection(model.GetTypeInfo(made).Type) => [],
        _ => model.LookupSymbols(place).Where(symbol => !IsDeclaredBehind(symbol, before.SyntaxTree!, place) && !IsOfObject(symbol)),
    };

    private static IEnumerable<ISymbol> MembersOf(ExpressionSyntax left, SemanticModel model, int place)
    {
        if (model.GetSymbolInfo(left).Symbol is INamespaceOrTypeSymbol container)
        {
            return container is INamespaceSymbol ? model.LookupNamespacesAndTypes(place, container) : model.LookupStaticMembers(place, container);
        }

        // What stands before an unfinished statement's dot is read as a type's name, when the next line begins with a name.
        var type = model.GetTypeInfo(left).Type is { TypeKind: not TypeKind.Error } known ? known
            : model.GetSpeculativeTypeInfo(left.SpanStart, SyntaxFactory.ParseExpression(left.ToString()), SpeculativeBindingOption.BindAsExpression).Type;
        return InstanceMembers(type, model, place);
    }

    private static IEnumerable<ISymbol> InstanceMembers(ITypeSymbol? type, SemanticModel model, int place) =>
        type is null or { TypeKind: TypeKind.Error } ? []
            : model.LookupSymbols(place, type, includeReducedExtensionMethods: true).Where(symbol => symbol is { IsStatic: false } and not ITypeSymbol);

    private static ITypeSymbol? WithoutNull(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static bool IsDeclaredBehind(ISymbol symbol, SyntaxTree tree, int place) =>
        symbol is ILocalSymbol && symbol.Locations.Any(location => location.SourceTree == tree && location.SourceSpan.Start >= place);

    private static bool IsCollection(ITypeSymbol? type) =>
        type?.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable) == true;

    private static bool IsOfObject(ISymbol symbol) => symbol.ContainingType?.SpecialType == SpecialType.System_Object;
}
