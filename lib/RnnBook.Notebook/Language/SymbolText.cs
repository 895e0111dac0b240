using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace RnnBook.Notebook;

/// <summary>A symbol's signature and documentation as a reader wants to see them.</summary>
internal static partial class SymbolText
{
    private static readonly SymbolDisplayFormat Signature = Format(SymbolDisplayTypeQualificationStyle.NameOnly);

    private static readonly SymbolDisplayFormat FullName = Format(SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces)
        .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>One line of C#.</summary>
    public static string SignatureOf(ISymbol symbol) => symbol switch
    {
        // What a cell declares is a member of a class that its author never sees.
        { ContainingType.IsScriptClass: true } => symbol.ToDisplayString(Signature.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType)),
        INamespaceSymbol or INamedTypeSymbol { TypeKind: not TypeKind.Delegate } => symbol.ToDisplayString(FullName),
        _ => symbol.ToDisplayString(Signature),
    };

    /// <summary>Summary, parameters and result as markdown; empty where nothing is written.</summary>
    public static string DocumentationOf(ISymbol symbol)
    {
        if (Read(symbol, 5) is not { } documentation)
        {
            return "";
        }

        var parts = new List<string>();
        Add(documentation.Element("summary"), "");
        foreach (var parameter in documentation.Elements("param"))
        {
            Add(parameter, $"- `{parameter.Attribute("name")?.Value}`: ");
        }

        Add(documentation.Element("returns"), "Returns: ");
        foreach (var thrown in documentation.Elements("exception"))
        {
            Add(thrown, $"- throws `{ShortName(thrown.Attribute("cref")?.Value)}`: ");
        }

        return string.Join("\n\n", parts).Replace("\n\n- ", "\n- ", StringComparison.Ordinal);

        void Add(XElement? element, string before)
        {
            if (element is not null && TextOf(element) is { Length: > 0 } text)
            {
                parts.Add(before + text);
            }
        }
    }

    private static SymbolDisplayFormat Format(SymbolDisplayTypeQualificationStyle qualification) => new(
        typeQualificationStyle: qualification,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.InstanceMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        localOptions: SymbolDisplayLocalOptions.IncludeType | SymbolDisplayLocalOptions.IncludeConstantValue,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

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

    private static string TextOf(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText words => Spaces().Replace(words.Value, " "),
                XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } name =>
                    name.IsEmpty ? $"`{ShortName((name.Attribute("cref") ?? name.Attribute("name") ?? name.Attribute("langword") ?? name.Attribute("href"))?.Value)}`" : TextOf(name),
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "code" } block => $"\n\n```csharp\n{block.Value.Trim('\r', '\n')}\n```\n\n",
                XElement { Name.LocalName: "para" or "item" } part => $"\n\n{TextOf(part)}\n\n",
                XElement other => TextOf(other),
                _ => "",
            });
        }

        return EmptyLines().Replace(text.ToString().Trim(), "\n\n");
    }

    /// <summary>"M:System.Math.Abs(System.Int32)" is Math.Abs.</summary>
    private static string ShortName(string? id)
    {
        if (id is not [_, ':', .. var full])
        {
            return id ?? "";
        }

        var name = Arity().Replace(full.Split('(')[0], "");
        var parts = name.Split('.');
        return id[0] is 'T' or 'N' || parts.Length < 2 ? parts[^1] : $"{parts[^2]}.{parts[^1]}";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@" *\n\s*\n *")]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Arity();
}
