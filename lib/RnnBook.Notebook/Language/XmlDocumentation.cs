using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace RnnBook.Notebook;

/// <summary>
/// The compiler's documentation files, searched for one member at a time: they are large and seldom asked, so nothing is kept.
/// </summary>
/// <param name="files">The files, in the order in which they are searched; missing ones are skipped.</param>
internal sealed class XmlDocumentation(IReadOnlyList<string> files) : DocumentationProvider
{
    /// <summary>Describes all the framework's assemblies: their files come with the SDK, named after other assemblies than those that run.</summary>
    public static XmlDocumentation OfFramework { get; } = new(FindFramework());

    /// <summary>The file beside an assembly.</summary>
    public static XmlDocumentation Beside(string assemblyPath) => new([Path.ChangeExtension(assemblyPath, ".xml")]);

    public override bool Equals(object? obj) => obj is XmlDocumentation other && files.SequenceEqual(other.Files);

    public override int GetHashCode() => files.Count == 0 ? 0 : files[0].GetHashCode(StringComparison.Ordinal);

    protected override string? GetDocumentationForSymbol(
        string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default)
    {
        var start = Encoding.UTF8.GetBytes($"<member name=\"{documentationMemberID}\"");
        foreach (var file in files.Where(File.Exists))
        {
            ReadOnlySpan<byte> text = File.ReadAllBytes(file);
            var at = text.IndexOf(start);
            if (at >= 0)
            {
                var end = "</member>"u8;
                var length = text[at..].IndexOf(end);
                return length < 0 ? null : Encoding.UTF8.GetString(text.Slice(at, length + end.Length));
            }
        }

        return null;
    }

    private IReadOnlyList<string> Files => files;

    private static string[] FindFramework()
    {
        // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>/, the files in <root>/packs/.
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        var framework = $"net{Environment.Version.Major}.{Environment.Version.Minor}";
        return !Directory.Exists(packs) ? [] : Directory.EnumerateDirectories(packs)
            .Select(version => Path.Combine(version, "ref", framework)).Where(Directory.Exists).OrderDescending(StringComparer.Ordinal)
            .Take(1).SelectMany(folder => Directory.EnumerateFiles(folder, "*.xml"))
            .OrderBy(file => Path.GetFileName(file) != "System.Runtime.xml").ToArray();
    }
}
