using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace RnnBook.Notebook;

/// <summary>
/// Loads cells and what they reference, apart from the engine's own assemblies: a notebook may use another version of them. Assemblies are
/// loaded from a copy in memory, so that their project can be built again while the notebook lives; only those in the package cache,
/// which never change, are loaded in place.
/// </summary>
internal sealed class CellLoadContext : AssemblyLoadContext
{
    private static readonly string EngineName = typeof(CellLoadContext).Assembly.GetName().Name!;

    private readonly Dictionary<string, AssemblyFile> files = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Assembly> cells = [];
    private readonly List<string> folders = [];
    private readonly List<string> nativeFolders = [];
    private readonly Lock guard = new();

    public CellLoadContext()
        : base("cells") { }

    /// <summary>Makes an assembly known; false when its name is taken already or the framework has it in no older version.</summary>
    public bool Add(AssemblyFile file)
    {
        if (file.Name == EngineName || (FrameworkAssemblies.VersionOf(file.Name) is { } builtIn && builtIn >= file.Version))
        {
            return false;
        }

        lock (guard)
        {
            return files.TryAdd(file.Name, file);
        }
    }

    /// <summary>Assemblies and native libraries that nobody named are looked for in this folder.</summary>
    public void AddFolder(string folder)
    {
        lock (guard)
        {
            if (!folders.Contains(folder))
            {
                folders.Add(folder);
                nativeFolders.AddRange([folder, Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native")]);
            }
        }
    }

    /// <summary>Native libraries are looked for in these folders.</summary>
    public void AddNativeFolders(IEnumerable<string> added)
    {
        lock (guard)
        {
            nativeFolders.AddRange(added);
        }
    }

    /// <summary>Loads a compiled cell.</summary>
    public Assembly Load(string name, Stream assembly, Stream symbols)
    {
        var loaded = LoadFromStream(assembly, symbols);
        lock (guard)
        {
            cells.Add(name, loaded);
        }

        return loaded;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name ?? "";
        lock (guard)
        {
            if (cells.TryGetValue(name, out var cell))
            {
                return cell;
            }

            return files.TryGetValue(name, out var file) ? Load(file)
                : FrameworkAssemblies.Has(name) || name == EngineName ? null
                : folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists) is { } found
                    ? Load(AssemblyFile.Read(found, isPackaged: false))
                : null;
        }
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        string[] names = OperatingSystem.IsWindows() ? [unmanagedDllName, unmanagedDllName + ".dll"]
            : OperatingSystem.IsMacOS() ? [unmanagedDllName, $"lib{unmanagedDllName}.dylib", unmanagedDllName + ".dylib"]
            : [unmanagedDllName, $"lib{unmanagedDllName}.so", unmanagedDllName + ".so"];
        lock (guard)
        {
            var found = nativeFolders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
            return found is null ? 0 : LoadUnmanagedDllFromPath(found);
        }
    }

    private Assembly Load(AssemblyFile file)
    {
        if (file.IsPackaged)
        {
            return LoadFromAssemblyPath(file.Path);
        }

        using var assembly = new MemoryStream(File.ReadAllBytes(file.Path));
        var symbolsPath = Path.ChangeExtension(file.Path, ".pdb");
        if (!File.Exists(symbolsPath))
        {
            return LoadFromStream(assembly);
        }

        using var symbols = new MemoryStream(File.ReadAllBytes(symbolsPath));
        return LoadFromStream(assembly, symbols);
    }
}
