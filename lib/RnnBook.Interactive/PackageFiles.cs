using System.Reflection;

namespace RnnBook.Interactive;

/// <summary>
/// Finds the assemblies that came with this one: in its own folder, or, where this one is a package, in the cache of packages.
/// </summary>
/// <param name="location">Where this assembly lies.</param>
internal sealed class PackageFiles(string location)
{
    private readonly string folder = Path.GetDirectoryName(location)!;

    /// <summary>The file of the lowest version that satisfies the request; null where there is none.</summary>
    public string? Find(AssemblyName name)
    {
        var beside = Path.Combine(folder, name.Name + ".dll");
        return File.Exists(beside) ? beside : InCache(name);
    }

    /// <summary>A package lies in cache/id/version/lib/framework, and all of the family are named like their package.</summary>
    private string? InCache(AssemblyName name)
    {
        var cache = Path.GetFullPath(Path.Combine(folder, "..", "..", "..", ".."));
        var package = Path.Combine(cache, name.Name!.ToLowerInvariant());
        return !Directory.Exists(package)
            ? null
            : Directory.EnumerateFiles(package, name.Name + ".dll", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file))) == "lib")
                .Select(file => (File: file, AssemblyName.GetAssemblyName(file).Version))
                .Where(found => name.Version is null || found.Version >= name.Version)
                .OrderBy(found => found.Version)
                .ThenByDescending(found => found.File, StringComparer.Ordinal)
                .Select(found => found.File)
                .FirstOrDefault();
    }
}
