using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;

namespace RnnBook.Notebook;

/// <summary>The documentation of the book's libraries as the site has written it down, a text for each of the compiler's names.</summary>
internal static class SymbolDocumentation
{
    private const string File = "/book/documentation.json";

    private static JsonNode? texts;

    /// <summary>Markdown; empty where nothing is written, or the file has not been fetched.</summary>
    public static string Of(ISymbol symbol)
    {
        texts ??= System.IO.File.Exists(File) ? JsonNode.Parse(System.IO.File.ReadAllText(File)) : null;
        return symbol.OriginalDefinition.GetDocumentationCommentId() is { } name ? (string?)texts?[name] ?? "" : "";
    }
}
