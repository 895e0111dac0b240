using System.Buffers.Binary;

namespace RnnBook;

/// <summary>An array of bytes in the IDX format, in which MNIST is published.</summary>
/// <remarks>
/// Two zero bytes, one that names the element type (8 is unsigned byte, the only one read here), one with the number of axes; the length of
/// each axis as a big-endian 32-bit number; the elements, the last axis the fastest.
/// </remarks>
/// <param name="Shape">Length of each axis.</param>
/// <param name="Elements">The elements in row-major order.</param>
public sealed record IdxFile(IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Elements)
{
    /// <summary>Reads the format.</summary>
    /// <param name="content">A whole file.</param>
    /// <param name="name">What the file is called, for the message.</param>
    /// <exception cref="InvalidDataException">It is another format, or its length is not the one its header says.</exception>
    public static IdxFile Parse(ReadOnlyMemory<byte> content, string name)
    {
        var bytes = content.Span;
        if (bytes.Length < 4 || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != 8 || bytes[3] == 0)
        {
            throw new InvalidDataException($"{name} is no IDX file of bytes: it does not start with 0, 0, 8 and the number of axes.");
        }

        var header = 4 + (4 * bytes[3]);
        if (bytes.Length < header)
        {
            throw new InvalidDataException($"{name} ends inside its header, after {bytes.Length} of {header} bytes.");
        }

        var shape = Enumerable.Range(1, bytes[3]).Select(axis => (long)BinaryPrimitives.ReadUInt32BigEndian(content.Span[(4 * axis)..])).ToList();
        var count = shape.Aggregate((Int128)1, (elements, length) => Int128.Min(elements * length, long.MaxValue));
        return count == bytes.Length - header
            ? new IdxFile(shape, content[header..])
            : throw new InvalidDataException(
                $"{name} has {bytes.Length - header} elements, but its header says {string.Join('×', shape)}.");
    }
}
