using System.IO.Compression;
using RnnBook.Shared;

namespace RnnBook.Cli;

/// <summary>What a good host sends in place of a site's files, beside each of them: the same, compressed as .br and .gz.</summary>
internal static class CompressedFiles
{
    /// <summary>Below this a packet carries the file as it is.</summary>
    private const int LeastBytes = 1200;

    private static readonly string[] Endings = [".br", ".gz"];

    private static readonly HashSet<string> Packed = [".css", ".html", ".ipynb", ".js", ".json", ".jsonl", ".svg", ".wasm", ".dat"];

    /// <summary>Whether a file is such a form of another.</summary>
    public static bool Is(string file) => Endings.Contains(Path.GetExtension(file));

    /// <summary>Writes those that are missing or older than their file.</summary>
    public static void WriteBeside(string folder, CancellationToken token)
    {
        foreach (var file in Files(folder).Where(file => Packed.Contains(Path.GetExtension(file))))
        {
            token.ThrowIfCancellationRequested();
            if (new FileInfo(file).Length < LeastBytes)
            {
                Remove(file);
                continue;
            }

            var written = File.GetLastWriteTimeUtc(file);
            if (Endings.Any(ending => !File.Exists(file + ending) || File.GetLastWriteTimeUtc(file + ending) < written))
            {
                var content = File.ReadAllBytes(file);
                AtomicFile.Write(file + ".br", stream => Pack(new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true), content));
                AtomicFile.Write(file + ".gz", stream => Pack(new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true), content));
            }
        }
    }

    /// <summary>Takes them away: a host would send an old one in place of a new file.</summary>
    public static void RemoveFrom(string folder)
    {
        foreach (var file in Files(folder))
        {
            Remove(file);
        }
    }

    /// <summary>Deletes a file with its compressed forms.</summary>
    public static void Delete(string file)
    {
        File.Delete(file);
        Remove(file);
    }

    /// <summary>Deletes all other files of a folder: what an earlier writing left. What stays keeps its compressed forms, which take half a minute.</summary>
    public static void Keep(string folder, IReadOnlySet<string> files)
    {
        foreach (var file in All(folder).Where(file => !files.Contains(file) && !(Is(file) && files.Contains(Path.ChangeExtension(file, null)))))
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<string> Files(string folder) => All(folder).Where(file => !Is(file));

    private static List<string> All(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)] : [];

    private static void Remove(string file)
    {
        foreach (var ending in Endings)
        {
            File.Delete(file + ending);
        }
    }

    private static void Pack(Stream packing, byte[] content)
    {
        using (packing)
        {
            packing.Write(content);
        }
    }
}
