using Microsoft.CodeAnalysis;

namespace RnnBook.Notebook;

/// <summary>A symbol's signature as a reader wants to see it.</summary>
internal static class SymbolSignature
{
    private static readonly SymbolDisplayFormat Signature = Format(SymbolDisplayTypeQualificationStyle.NameOnly);

    private static readonly SymbolDisplayFormat FullName = Format(SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces)
        .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>One line of C#.</summary>
    public static string Of(ISymbol symbol) => symbol switch
    {
        // What a cell declares is a member of a class that its author never sees.
        { ContainingType.IsScriptClass: true } => symbol.ToDisplayString(Signature.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType)),
        INamespaceSymbol or INamedTypeSymbol { TypeKind: not TypeKind.Delegate } => symbol.ToDisplayString(FullName),
        _ => symbol.ToDisplayString(Signature),
    };

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
}
