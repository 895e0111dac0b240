using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace RnnBook.Notebook;

/// <summary>A symbol's documentation as a reader wants to see it.</summary>
internal static class SymbolDocumentation
{
    /// <summary>Summary, parameters and result as markdown; empty where nothing is written.</summary>
    public static string Of(ISymbol symbol) => Read(symbol, 5) is { } documentation ? DocumentationText.Of(documentation) : "";

    private static XElement? Read(ISymbol symbol, int patience)
    {
        XElement? written;
        try
        {
            var xml = symbol.OriginalDefinition.GetDocumentationCommentXml();
            written = string.IsNullOrEmpty(xml) ? null : XElement.Parse(xml.StartsWith('<') ? xml : $"<member>{xml}</member>");
        }
        catch (System.Xml.XmlException)
        {
            return null;
        }

        return written?.Element("inheritdoc") is null && written is not null || patience == 0 ? written
            : InheritedFrom(symbol) is { } inherited ? Read(inherited, patience - 1)
            : written;
    }

    private static ISymbol? InheritedFrom(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method,
        IPropertySymbol { OverriddenProperty: { } property } => property,
        INamedTypeSymbol type => type.BaseType is { SpecialType: not SpecialType.System_Object } based ? based : type.Interfaces.FirstOrDefault(),
        _ => symbol.ContainingType?.AllInterfaces.SelectMany(contract => contract.GetMembers())
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol)),
    };
}
