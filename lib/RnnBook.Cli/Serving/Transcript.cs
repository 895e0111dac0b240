using System.Text;

namespace RnnBook.Cli;

/// <summary>All that a run of a cell says, as text: in memory while it is short, else in a temporary file that vanishes with it.</summary>
internal sealed class Transcript : IDisposable
{
    private const int MostInMemory = 1 << 18;

    private const long MostOnDisk = 512L << 20;

    private readonly StringBuilder memory = new();
    private FileStream? file;
    private bool isFull;

    public void Append(string text)
    {
        memory.Append(text);
        if (memory.Length > MostInMemory)
        {
            Spill();
        }
    }

    /// <summary>A copy of it all, of what is there by now.</summary>
    public Stream Open()
    {
        if (file is null)
        {
            return new MemoryStream(Encoding.UTF8.GetBytes(memory.ToString()));
        }

        Spill();
        file.Flush();
        return new FileStream(file.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    public void Dispose() => file?.Dispose();

    private void Spill()
    {
        file ??= new FileStream(
            Path.Combine(Path.GetTempPath(), $"rnnbook-{Guid.NewGuid():n}.txt"), FileMode.CreateNew, FileAccess.Write,
            FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.DeleteOnClose);
        if (!isFull)
        {
            file.Write(Encoding.UTF8.GetBytes(memory.ToString()));
        }

        memory.Clear();
        if (!isFull && file.Length > MostOnDisk)
        {
            isFull = true;
            file.Write("\n… the rest was not kept.\n"u8);
        }
    }
}
