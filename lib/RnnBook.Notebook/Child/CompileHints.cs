using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnBook.Notebook;

/// <summary>One sentence with the way out, for errors that mean something else in a cell than in a program.</summary>
internal static class CompileHints
{
    private const int MostNamespaces = 3;

    /// <summary>The sentence for an error; null where the compiler's own words are enough.</summary>
    public static string? For(Diagnostic error, CSharpCompilation compilation) => error.Id switch
    {
        "CS1106" or "CS1109" => "In a cell an extension method stands outside of every class: write the method alone.",
        "CS7021" => "A cell is a script: take the namespace out, and write what Main does as statements.",
        "CS0103" or "CS0246" or "CS1061" => MissingUsing(error, compilation),
        _ => null,
    };

    /// <summary>Names the namespaces in which the references have a type of the missing name.</summary>
    private static string? MissingUsing(Diagnostic error, CSharpCompilation compilation)
    {
        if (error.Location.SourceTree?.GetRoot().FindNode(error.Location.SourceSpan) is not SimpleNameSyntax { Identifier.ValueText: var name, Arity: var arity })
        {
            return null;
        }

        var namespaces = compilation.SourceModule.ReferencedAssemblySymbols
            .Where(assembly => assembly.TypeNames.Contains(name))
            .SelectMany(assembly => Types(assembly.GlobalNamespace, name, arity)).Select(type => type.ContainingNamespace.ToDisplayString())
            .Distinct().Order(StringComparer.Ordinal).Take(MostNamespaces).ToList();
        return namespaces.Count == 0 ? null : $"Is a line missing above? {string.Join(" or ", namespaces.Select(found => $"using {found};"))}";
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space, string name, int arity) =>
        space.GetTypeMembers(name).Where(type => type.DeclaredAccessibility == Accessibility.Public && !type.ContainingNamespace.IsGlobalNamespace && (arity == 0 || type.Arity == arity))
            .Concat(space.GetNamespaceMembers().SelectMany(inner => Types(inner, name, arity)));
}
