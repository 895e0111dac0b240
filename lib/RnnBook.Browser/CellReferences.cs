using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace RnnBook.Notebook;

/// <summary>What cells are compiled against: the assemblies that came with the page, read where the runtime has them, so that nothing is fetched twice.</summary>
internal sealed class CellReferences
{
    private static readonly string[] Names =
        typeof(CellReferences).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "CellReferences").Value!.Split(';');

    private readonly Loader loader = new();

    public ImmutableArray<MetadataReference> Metadata { get; } =
        [.. Names.Select(Assembly.Load).Append(typeof(CellReferences).Assembly).Distinct().Select(MetadataOf)];

    /// <summary>Returns the source without its <c>#r</c> lines: what they may name is here already.</summary>
    /// <exception cref="CellCompileException">A line names something else.</exception>
    public SyntaxTree Resolve(SyntaxTree tree)
    {
        foreach (var (reference, line) in ReferenceDirectives.In(tree))
        {
            ReferenceDirectives.At(line, () => Require(reference));
        }

        return ReferenceDirectives.TakenOut(tree);
    }

    public Assembly Load(string name, Stream assembly, Stream symbols)
    {
        TraceText.Keep(name, symbols);
        return loader.Load(name, assembly);
    }

    private static void Require(string reference)
    {
        var name = Path.GetFileNameWithoutExtension(reference);
        if (reference.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
        {
            throw new ReferenceException("A page cannot fetch packages: this needs the book on your machine (`book serve`, or any .NET notebook).");
        }

        if (!Names.Contains(name) && !name.StartsWith("RnnBook", StringComparison.Ordinal))
        {
            throw new ReferenceException($"'{reference}' is not here: a page has the book's libraries, MathNet.Numerics and the .NET base. Others need the book on your machine (`book serve`).");
        }
    }

    private static unsafe MetadataReference MetadataOf(Assembly assembly) => assembly.TryGetRawMetadata(out var start, out var length)
        ? Microsoft.CodeAnalysis.AssemblyMetadata.Create(ModuleMetadata.CreateFromMetadata((nint)start, length)).GetReference(filePath: assembly.GetName().Name)
        : throw new InvalidOperationException($"{assembly.GetName().Name} has no metadata.");

    /// <summary>Cells refer to cells before them by name.</summary>
    private sealed class Loader() : AssemblyLoadContext("cells")
    {
        private readonly Dictionary<string, Assembly> cells = [];

        public Assembly Load(string name, Stream assembly) => cells[name] = LoadFromStream(assembly);

        protected override Assembly? Load(AssemblyName assemblyName) => cells.GetValueOrDefault(assemblyName.Name!);
    }
}
