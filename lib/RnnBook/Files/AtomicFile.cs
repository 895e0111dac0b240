namespace RnnBook;

/// <summary>
/// Writes files so that a reader, a crash, or a loss of power meets the old file or the new one, and never a part: to a temporary name,
/// down to the disk, then renamed.
/// </summary>
internal static class AtomicFile
{
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var full = Path.GetFullPath(path);
        var temporary = full + ".tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, full, overwrite: true);
    }
}
