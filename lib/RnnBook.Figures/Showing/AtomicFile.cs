namespace RnnBook.Figures;

/// <summary>Writes a file so that a reader never meets half of it.</summary>
internal static class AtomicFile
{
    public static void WriteText(string path, string text)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var part = $"{full}.{Guid.NewGuid():N}.part";
        try
        {
            File.WriteAllText(part, text);
            File.Move(part, full, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
