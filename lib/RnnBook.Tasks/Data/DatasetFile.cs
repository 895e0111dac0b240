using System.IO.Compression;
using System.Security.Cryptography;

namespace RnnBook;

/// <summary>One file of a data set. Size and checksum are those of the unpacked content: hosts compress the same content differently.</summary>
/// <param name="Path">Where it lies in the data folder.</param>
/// <param name="Bytes">Length of the content, unpacked.</param>
/// <param name="Sha256">SHA-256 of the content, unpacked, in lower-case hexadecimal digits.</param>
/// <param name="Addresses">Where it can be had, the best first.</param>
public sealed record DatasetFile(string Path, long Bytes, string Sha256, IReadOnlyList<string> Addresses)
{
    /// <summary>
    /// Where it lies below a data folder, packed or not, under any of its usual names: train-images-idx3-ubyte.gz is also known as
    /// train-images.idx3-ubyte.
    /// </summary>
    /// <returns>The place of the first that is there, else that of <see cref="Path"/>.</returns>
    public string In(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var plain = Path.EndsWith(".gz", StringComparison.Ordinal) ? Path[..^3] : Path;
        var dotted = plain.Replace("-idx", ".idx", StringComparison.Ordinal);
        string[] names = [Path, plain, plain + ".gz", dotted, dotted + ".gz"];
        return System.IO.Path.Combine(folder, names.FirstOrDefault(name => File.Exists(System.IO.Path.Combine(folder, name)), Path));
    }

    /// <summary>Reads and checks a file, packed by gzip or not.</summary>
    /// <returns>The content, unpacked.</returns>
    /// <exception cref="InvalidDataException">It is not the right file; the message says what is wrong, in one line.</exception>
    public byte[] Read(string path)
    {
        var content = new byte[Bytes];
        var read = 0;
        var isLonger = false;
        try
        {
            using var stream = Unpacked(path);
            read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            isLonger = read == Bytes && stream.ReadByte() >= 0;
        }
        catch (InvalidDataException broken)
        {
            throw Wrong($"it is damaged after {read} bytes: {broken.Message}");
        }

        if (isLonger || read < Bytes)
        {
            if (content.AsSpan(0, read).TrimStart("\r\n\t \uFEFF"u8) is [(byte)'<', ..])
            {
                throw Wrong("it looks like a web page");
            }

            throw Wrong(isLonger ? $"it is longer than {Bytes} bytes" : $"it ends after {read} of {Bytes} bytes");
        }

        return Convert.ToHexStringLower(SHA256.HashData(content)) == Sha256 ? content : throw Wrong("its checksum (SHA-256) differs");

        InvalidDataException Wrong(string what) => new($"{path} is not the file it should be: {what}. Remove it and fetch it anew with `book data get`.");
    }

    private static Stream Unpacked(string path)
    {
        var file = File.OpenRead(path);
        var isPacked = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isPacked ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
