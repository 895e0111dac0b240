using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace RnnBook.Notebook;

/// <summary>What cells are compiled against and where it is loaded from: the framework, and whatever <c>#r</c> directives have named.</summary>
internal sealed class CellReferences
{
    private readonly CellLoadContext loader = new();
    private readonly List<AssemblyFile> local = [];
    private ImmutableArray<MetadataReference> metadata = FrameworkAssemblies.Metadata
        .Add(MetadataReference.CreateFromFile(
            typeof(CellFunctions).Assembly.Location, documentation: XmlDocumentation.Beside(typeof(CellFunctions).Assembly.Location)));

    /// <summary>The compiler's references.</summary>
    public ImmutableArray<MetadataReference> Metadata => metadata;

    /// <summary>Takes up the references that a cell's <c>#r</c> directives name and returns the source without them, line for line.</summary>
    /// <exception cref="CellCompileException">One of them cannot be had.</exception>
    public SyntaxTree Resolve(SyntaxTree tree)
    {
        var directives = ReferenceDirectives.In(tree).ToList();
        var packages = new List<(PackageRequest Request, int Line)>();
        foreach (var (reference, line) in directives)
        {
            ReferenceDirectives.At(line, () =>
            {
                if (PackageRequest.Read(reference) is { } request)
                {
                    packages.Add((request, line));
                }
                else
                {
                    AddFile(reference);
                }
            });
        }

        if (directives.Count > packages.Count)
        {
            ReferenceDirectives.At(directives[0].Line, AddFromFoldersOfOthers);
        }

        if (packages.Count > 0)
        {
            // Together, so that what they share has one version that suits all.
            ReferenceDirectives.At(packages[0].Line, () => AddPackages([.. packages.Select(package => package.Request)]));
        }

        return ReferenceDirectives.TakenOut(tree);
    }

    /// <summary>Loads a compiled cell.</summary>
    public Assembly Load(string name, Stream assembly, Stream symbols) => loader.Load(name, assembly, symbols);

    private void AddPackages(IReadOnlyList<PackageRequest> requests)
    {
        var packages = NuGetPackages.Restore(requests);
        foreach (var assembly in packages.Assemblies)
        {
            Add(AssemblyFile.Read(assembly, isPackaged: true));
        }

        loader.AddNativeFolders(packages.NativeFolders);
    }

    private void AddFile(string reference)
    {
        if (!FrameworkAssemblies.Has(reference) || File.Exists(reference))
        {
            AddWithDependencies(AssemblyFile.Read(Path.GetFullPath(reference), isPackaged: false));
        }
    }

    private void AddWithDependencies(AssemblyFile file)
    {
        if (!Add(file))
        {
            return;
        }

        local.Add(file);
        loader.AddFolder(Path.GetDirectoryName(file.Path)!);
        foreach (var name in file.References)
        {
            var beside = Path.Combine(Path.GetDirectoryName(file.Path)!, name + ".dll");
            if (File.Exists(beside))
            {
                AddWithDependencies(AssemblyFile.Read(beside, isPackaged: false));
            }
        }
    }

    /// <summary>What an assembly needs and its own folder lacks may lie beside another one, whichever of them was named first.</summary>
    private void AddFromFoldersOfOthers()
    {
        for (var known = 0; known < local.Count;)
        {
            known = local.Count;
            var folders = local.Select(file => Path.GetDirectoryName(file.Path)!).Distinct().ToList();
            foreach (var name in local.SelectMany(file => file.References).Except(local.Select(file => file.Name)).ToList())
            {
                if (folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists) is { } found)
                {
                    AddWithDependencies(AssemblyFile.Read(found, isPackaged: false));
                }
            }
        }
    }

    /// <summary>The first assembly of a name wins: it may have been loaded already.</summary>
    private bool Add(AssemblyFile file)
    {
        if (!loader.Add(file))
        {
            return false;
        }

        if (FrameworkAssemblies.Has(file.Name))
        {
            // A newer version than the framework's: the compiler must not see both.
            metadata = metadata.RemoveAll(reference =>
                Path.GetFileNameWithoutExtension(((PortableExecutableReference)reference).FilePath) == file.Name);
        }

        metadata = metadata.Add(MetadataReference.CreateFromImage(
            File.ReadAllBytes(file.Path), documentation: XmlDocumentation.Beside(file.Path), filePath: file.Path));
        return true;
    }
}
