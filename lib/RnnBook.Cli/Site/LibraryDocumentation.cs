using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using RnnBook.Notebook;
using RnnBook.Shared;

namespace RnnBook.Cli;

/// <summary>The documentation of the book's libraries as the page's engine reads it: a text for each of the compiler's names.</summary>
internal static class LibraryDocumentation
{
    /// <summary>Writes the file.</summary>
    /// <param name="libraries">The folder with the documentation files that the compiler has written.</param>
    /// <param name="target">The file.</param>
    public static void Write(string libraries, string target)
    {
        var texts = new JsonObject();
        foreach (var member in Directory.EnumerateFiles(libraries, "RnnBook*.xml").Order(StringComparer.Ordinal).SelectMany(file => XDocument.Load(file).Descendants("member")))
        {
            if (member.Attribute("name")?.Value is { } name && DocumentationText.Of(member) is { Length: > 0 } text)
            {
                texts[name] = text;
            }
        }

        AtomicFile.Update(target, texts.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
