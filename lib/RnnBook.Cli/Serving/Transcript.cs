using System.Text;

namespace RnnBook.Cli;

/// <summary>All that a run of a cell says, as text: in memory while it is short, else in a temporary file that vanishes with it.</summary>
internal sealed class Transcript : IDisposable
{
    private const int MostInMemory = 1 << 18;

    private const long MostOnDisk = 512L << 20;

    private readonly StringBuilder memory = new();
    private FileStream? file;

    /// <summary>Whether something was not kept because the cell said more than any reader could want.</summary>
    public bool IsCut { get; private set; }

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
        IsCut |= file.Length > MostOnDisk;
        if (!IsCut)
        {
            file.Write(Encoding.UTF8.GetBytes(memory.ToString()));
        }

        memory.Clear();
    }
}
