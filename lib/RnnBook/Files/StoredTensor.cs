using System.Buffers.Binary;

namespace RnnBook;

/// <summary>A tensor as it stands in a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Element type by the format's name: F32, F64, F16, BF16, I64, …</param>
/// <param name="Shape">Length of each axis; no axis for a single number.</param>
/// <param name="Data">The elements in row-major order, little-endian.</param>
public sealed record StoredTensor(string Name, string Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The shape as text, such as "[100×1]".</summary>
    public string ShapeText => $"[{string.Join('×', Shape)}]";

    /// <summary>Stores a tensor as F32.</summary>
    public static StoredTensor Of(string name, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var values = tensor.Span;
        var data = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(4 * i), values[i]);
        }

        return new StoredTensor(name, "F32", [.. tensor.Shape.ToArray()], data);
    }

    /// <summary>Stores numbers as F64.</summary>
    public static StoredTensor Of(string name, ReadOnlySpan<double> values)
    {
        var data = new byte[8 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(8 * i), values[i]);
        }

        return new StoredTensor(name, "F64", [values.Length], data);
    }

    /// <summary>Whether this has the shape of a tensor.</summary>
    public bool HasShapeOf(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Shape.SequenceEqual(tensor.Shape.ToArray().Select(length => (long)length));
    }

    /// <summary>Reads the elements as double, from F64, F32, F16 or BF16, all exactly.</summary>
    /// <exception cref="InvalidDataException">The elements have another type.</exception>
    public double[] ToDoubles()
    {
        var data = Data.Span;
        var size = SizeOf(Type);
        var values = new double[data.Length / size];
        for (var i = 0; i < values.Length; i++)
        {
            var at = data.Slice(i * size, size);
            values[i] = Type switch
            {
                "F64" => BinaryPrimitives.ReadDoubleLittleEndian(at),
                "F32" => BinaryPrimitives.ReadSingleLittleEndian(at),
                "F16" => (double)BinaryPrimitives.ReadHalfLittleEndian(at),
                "BF16" => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(at) << 16),
                _ => throw new InvalidDataException($"{Name} has elements of type {Type}: F64, F32, F16 or BF16 can be read."),
            };
        }

        return values;
    }

    /// <summary>Reads the elements as <see cref="float"/>; F64 is rounded to the nearest.</summary>
    /// <returns>A tensor of this shape; [1] for a single number.</returns>
    /// <exception cref="InvalidDataException">The elements have another type, or there are more than three axes.</exception>
    public Tensor ToTensor()
    {
        if (Shape.Count > 3 || Shape.Any(length => length > int.MaxValue))
        {
            throw new InvalidDataException($"{Name} is {ShapeText}: tensors here have one to three axes of at most 2³¹ − 1.");
        }

        var values = Array.ConvertAll(ToDoubles(), value => (float)value);
        return Tensor.From(values, Shape.Count == 0 ? [1] : [.. Shape.Select(length => (int)length)]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type} {ShapeText}";

    /// <summary>Bytes of an element; 0 if there is no such type.</summary>
    internal static int SizeOf(string type) => type switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" or "F8_E4M3" or "F8_E5M2" => 1,
        _ => 0,
    };
}
