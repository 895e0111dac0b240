using System.Buffers.Binary;
using System.Text.Json;
using RnnBook.Shared;

namespace RnnBook;

/// <summary>
/// Named tensors in the safetensors format, in which PyTorch's world exchanges weights: the length of a header as a 64-bit number, the
/// header in JSON (of each tensor its type, shape, and place), then the elements, little-endian, without gap or overlap.
/// </summary>
public sealed class SafetensorsFile
{
    /// <summary>The format's own limit for headers.</summary>
    private const long LongestHeader = 100_000_000;

    private readonly Dictionary<string, StoredTensor> byName;

    /// <summary>Joins tensors and a few words about them.</summary>
    /// <param name="tensors">In any order.</param>
    /// <param name="metadata">The words; null for none but format = pt, which PyTorch's readers expect.</param>
    /// <exception cref="ArgumentException">Two tensors of one name.</exception>
    public SafetensorsFile(IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        // The order of the format's own library: the largest elements first, which keeps all of them aligned, then by name.
        Tensors = [.. tensors.OrderByDescending(tensor => StoredTensor.SizeOf(tensor.Type)).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        byName = Tensors.ToDictionary(tensor => tensor.Name);
        Metadata = metadata ?? new Dictionary<string, string> { ["format"] = "pt" };
    }

    /// <summary>All tensors, in the file's order.</summary>
    public IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>What the file says about itself.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of this name; null if there is none.</summary>
    public StoredTensor? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is truncated, malformed, or another format; one line says what is wrong.</exception>
    public static SafetensorsFile Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"There is no file {path}.", path);
        }

        return file.Length <= Array.MaxLength
            ? Parse(File.ReadAllBytes(path), path)
            : throw new InvalidDataException($"{path} has {file.Length} bytes: files of up to {Array.MaxLength} can be read, so split it.");
    }

    /// <summary>Reads the format.</summary>
    /// <param name="content">A whole file.</param>
    /// <param name="name">What the file is called, for the message.</param>
    /// <exception cref="InvalidDataException">It is truncated, malformed, or another format; one line says what is wrong.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> content, string name)
    {
        RequireNothingElse(content.Span, name);
        try
        {
            var length = content.Length < 8 ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(content.Span);
            if (length > LongestHeader || length > (ulong)content.Length - 8)
            {
                throw new FormatException(content.Length < 8
                    ? $"it ends after {content.Length} bytes"
                    : $"it says that its header has {length} bytes, but {content.Length - 8} follow, and {LongestHeader} are allowed");
            }

            var header = content.Slice(8, (int)length);
            return SafetensorsHeader.Read(header, content[(8 + (int)length)..]);
        }
        catch (Exception problem) when (problem is FormatException or JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text in the header that is no Unicode.
            throw new InvalidDataException($"{name} is no whole safetensors file: {problem.Message.ReplaceLineEndings(" ")}.");
        }
    }

    /// <summary>The file's bytes; the same tensors and words give the same bytes.</summary>
    /// <exception cref="InvalidOperationException">They are more than an array holds.</exception>
    public byte[] ToBytes()
    {
        var header = SafetensorsHeader.Write(Tensors, Metadata);
        var begin = 8 + ((header.Length + 7) & ~7);
        var size = begin + Tensors.Sum(tensor => (long)tensor.Data.Length);
        var bytes = size <= Array.MaxLength
            ? new byte[size]
            : throw new InvalidOperationException($"The file would have {size} bytes: up to {Array.MaxLength} can be written, so split it.");
        bytes.AsSpan(8, begin - 8).Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(bytes, begin - 8);
        header.CopyTo(bytes, 8);
        foreach (var tensor in Tensors)
        {
            tensor.Data.CopyTo(bytes.AsMemory(begin));
            begin += tensor.Data.Length;
        }

        return bytes;
    }

    /// <summary>Writes a file: whoever looks finds what was there before, or all of the new.</summary>
    public void Save(string path) => AtomicFile.Write(path, ToBytes());

    /// <summary>Names what is often found where weights were expected.</summary>
    private static void RequireNothingElse(ReadOnlySpan<byte> content, string name)
    {
        var text = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        text = text.TrimStart(" \t\r\n"u8);
        if (content.StartsWith("PK\u0003\u0004"u8))
        {
            throw new InvalidDataException(
                $"{name} is a zip archive, such as torch.save writes, and no safetensors file: "
                + "in Python, save the weights with safetensors.torch.save_file.");
        }

        if (text.StartsWith("version https://git-lfs"u8))
        {
            throw new InvalidDataException(
                $"{name} is only the pointer that Git LFS keeps in place of a large file: fetch the file itself with git lfs pull.");
        }

        if (text.StartsWith("<"u8))
        {
            throw new InvalidDataException(
                $"{name} is a web page or XML, and no safetensors file: the download gave something else than the file.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tensors.Count} tensors: {string.Join(", ", Tensors)}";
}
