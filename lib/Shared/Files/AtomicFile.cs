namespace RnnBook.Shared;

/// <summary>
/// Writes files so that a reader, a crash, or a loss of power meets the old file or the new one, and never a part: to a temporary name
/// beside it, down to the disk, then renamed.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes bytes. The folder is created if need be.</summary>
    public static void Write(string path, ReadOnlyMemory<byte> content) => Write(path, stream => stream.Write(content.Span));

    /// <summary>Writes text as UTF-8.</summary>
    public static void WriteText(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes text unless the file has it already, so that its time stays, and what was made from it.</summary>
    public static void Update(string path, string text)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            WriteText(path, text);
        }
    }

    /// <summary>Copies a file, unless the target has the same size and time already.</summary>
    public static void Copy(string source, string target)
    {
        var (from, to) = (new FileInfo(source), new FileInfo(target));
        if (!to.Exists || to.Length != from.Length || to.LastWriteTimeUtc != from.LastWriteTimeUtc)
        {
            Replace(target, temporary => File.Copy(source, temporary));
        }
    }

    /// <summary>Writes whatever an action writes; if it throws, the old file stays as it was.</summary>
    public static void Write(string path, Action<Stream> write) => Replace(path, temporary =>
    {
        using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        write(stream);
        stream.Flush(flushToDisk: true);
    });

    private static void Replace(string path, Action<string> write)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = $"{full}.{Guid.NewGuid():n}.tmp";
        try
        {
            write(temporary);
            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
