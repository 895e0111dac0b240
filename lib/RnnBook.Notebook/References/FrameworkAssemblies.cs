using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace RnnBook.Notebook;

/// <summary>The assemblies of the running framework, without those that the engine brings.</summary>
internal static class FrameworkAssemblies
{
    private static readonly string[] Paths = Find();

    private static readonly HashSet<string> Names = [.. Paths.Select(path => Path.GetFileNameWithoutExtension(path))];

    /// <summary>References to all of them, read when the compiler needs them.</summary>
    public static ImmutableArray<MetadataReference> Metadata { get; } =
        [.. Paths.Select(path => (MetadataReference)MetadataReference.CreateFromFile(path, documentation: XmlDocumentation.OfFramework))];

    /// <summary>Whether the framework has an assembly of that simple or file name.</summary>
    public static bool Has(string name) => Names.Contains(name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name);

    /// <summary>The version of the framework's assembly of that name, null where there is none.</summary>
    public static Version? VersionOf(string name) =>
        Paths.FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name) is { } found
            ? AssemblyName.GetAssemblyName(found).Version
            : null;

    private static string[] Find()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return [.. trusted.Split(Path.PathSeparator).Where(path => Path.GetDirectoryName(path) == folder)];
    }
}
