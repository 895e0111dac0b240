using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace RnnBook.Notebook;

/// <summary>Assemblies that the page fetches when a cell first asks for them: Plotly.NET and what it needs.</summary>
internal static class GuestAssemblies
{
    private static readonly Dictionary<string, Assembly> Loaded = [];

    static GuestAssemblies() => AssemblyLoadContext.Default.Resolving += (_, wanted) => Loaded.GetValueOrDefault(wanted.Name!);

    /// <summary>What cells are compiled against beside the page's own.</summary>
    public static ImmutableArray<MetadataReference> Metadata { get; private set; } = [];

    public static void Add(byte[] image)
    {
        var assembly = AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(image));
        var name = assembly.GetName().Name!;
        Loaded[name] = assembly;
        Metadata = Metadata.Add(MetadataReference.CreateFromImage(image, filePath: name));
    }
}
