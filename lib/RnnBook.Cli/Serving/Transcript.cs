using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RnnBook.Cli;

/// <summary>
/// All that a run of a cell says, as text: in memory while it is short, else in a temporary file that nobody else can open, and that is gone
/// with the process however that ends.
/// </summary>
internal sealed class Transcript : IDisposable
{
    private const int MostInMemory = 1 << 18;

    private const long MostOnDisk = 512L << 20;

    private readonly StringBuilder memory = new();
    private FileStream? file;
    private long length;
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
        return new Copy(file.SafeFileHandle, length);
    }

    public void Dispose() => file?.Dispose();

    private void Spill()
    {
        file ??= NewFile();
        if (!isFull)
        {
            Write(Encoding.UTF8.GetBytes(memory.ToString()));
        }

        memory.Clear();
        if (!isFull && length > MostOnDisk)
        {
            isFull = true;
            Write("\n… the rest was not kept.\n"u8);
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(file!.SafeFileHandle, bytes, length);
        length += bytes.Length;
    }

    /// <summary>A file without a name: Unix keeps it while it is open, Windows deletes it when the process ends.</summary>
    private static FileStream NewFile()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"rnnbook-{Guid.NewGuid():n}.txt"), options);
        File.Delete(file.Name);
        return file;
    }

    /// <summary>Reads the file from its start, whoever writes behind it. A file that is closed meanwhile ends here.</summary>
    private sealed class Copy(SafeFileHandle file, long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            var wanted = (int)Math.Min(buffer.Length, length - Position);
            var read = wanted > 0 ? RandomAccess.Read(file, buffer[..wanted], Position) : 0;
            Position += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
