using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RnnBook;

/// <summary>
/// A dense array of <see cref="float"/> with one to three axes, contiguous in row-major order and aligned to 64 bytes.
/// Sequences are time-major: [T, B, F] is time step, batch, feature.
/// </summary>
public sealed class Tensor
{
    private readonly int[] shape;
    private readonly float[] storage;
    private readonly int offset;

    /// <summary>Makes a tensor of zeros.</summary>
    /// <param name="shape">Length of each axis, one to three of them, none negative.</param>
    /// <exception cref="ArgumentException">No axis, more than three, a negative length, or more elements than an array holds.</exception>
    public Tensor(params ReadOnlySpan<int> shape)
    {
        if (shape.Length is 0 or > 3)
        {
            throw new ArgumentException($"A tensor has 1 to 3 axes, not {shape.Length}.", nameof(shape));
        }

        var count = (Int128)1;
        foreach (var length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
            count *= length;
        }

        if (count > Array.MaxLength - 16)
        {
            throw new ArgumentException($"A tensor {Text(shape)} would have {count} elements, more than there is room for.", nameof(shape));
        }

        this.shape = shape.ToArray();
        Count = (int)count;

        // The pinned heap never moves, so the alignment found now holds for good.
        storage = GC.AllocateArray<float>(Count + 16, pinned: true);
        unsafe
        {
            fixed (float* start = storage)
            {
                offset = (int)((64 - ((long)start & 63)) & 63) / sizeof(float);
            }
        }
    }

    private Tensor(Tensor elements, ReadOnlySpan<int> shape) =>
        (this.shape, storage, offset, Count) = (shape.ToArray(), elements.storage, elements.offset, elements.Count);

    /// <summary>Length of each axis.</summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>Number of axes, 1 to 3.</summary>
    public int Rank => shape.Length;

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>All elements in row-major order.</summary>
    public Span<float> Span => storage.AsSpan(offset, Count);

    /// <summary>Element of a vector [n].</summary>
    /// <exception cref="ArgumentException">The tensor has not one axis.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public ref float this[int i]
    {
        get
        {
            if (shape.Length != 1 || (uint)i >= (uint)shape[0])
            {
                ThrowNoElement(i);
            }

            return ref storage[offset + i];
        }
    }

    /// <summary>Element of a matrix [rows, columns].</summary>
    /// <exception cref="ArgumentException">The tensor has not two axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    [SuppressMessage("Design", "CA1023", Justification = "The natural notation for an element.")]
    public ref float this[int row, int column]
    {
        get
        {
            if (shape.Length != 2 || (uint)row >= (uint)shape[0] || (uint)column >= (uint)shape[1])
            {
                ThrowNoElement(row, column);
            }

            return ref storage[offset + (row * shape[1]) + column];
        }
    }

    /// <summary>Element of a sequence [T, B, F].</summary>
    /// <exception cref="ArgumentException">The tensor has not three axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    [SuppressMessage("Design", "CA1023", Justification = "The natural notation for an element.")]
    public ref float this[int t, int b, int f]
    {
        get
        {
            if (shape.Length != 3 || (uint)t >= (uint)shape[0] || (uint)b >= (uint)shape[1] || (uint)f >= (uint)shape[2])
            {
                ThrowNoElement(t, b, f);
            }

            return ref storage[offset + (((t * shape[1]) + b) * shape[2]) + f];
        }
    }

    /// <summary>Copies values, given in row-major order, into a new tensor.</summary>
    /// <param name="values">As many as the shape holds.</param>
    /// <param name="shape">Length of each axis.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    public static Tensor From(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        var result = new Tensor(shape);
        if (values.Length != result.Count)
        {
            throw new ArgumentException($"{values.Length} values do not fill the shape {result.ShapeText}.", nameof(values));
        }

        values.CopyTo(result.Span);
        return result;
    }

    /// <summary>The slice at index <paramref name="i"/> of the first axis: one time step [B, F] of a sequence, one row of a matrix.</summary>
    public Span<float> Slice(int i)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)i, (uint)shape[0], nameof(i));
        var size = Count / shape[0];
        return Span.Slice(i * size, size);
    }

    /// <summary>The same elements, not a copy, under another shape of as many.</summary>
    internal Tensor Reshaped(params ReadOnlySpan<int> shape)
    {
        var count = 1L;
        foreach (var length in shape)
        {
            count *= length;
        }

        return count == Count ? new Tensor(this, shape) : throw new ArgumentException($"A tensor {ShapeText} cannot become {Text(shape)}.", nameof(shape));
    }

    /// <summary>Some rows of a matrix.</summary>
    internal Span<float> Rows(int first, int count) => Span.Slice(first * shape[^1], count * shape[^1]);

    /// <summary>The tensor itself if it has the shape, otherwise a new one.</summary>
    internal static Tensor Reuse(Tensor? tensor, params ReadOnlySpan<int> shape) =>
        tensor is not null && tensor.Shape.SequenceEqual(shape) ? tensor : new Tensor(shape);

    /// <summary>A copy with its own elements.</summary>
    public Tensor Copy() => From(Span, shape);

    /// <summary>Sets every element to zero.</summary>
    public void Clear() => Span.Clear();

    /// <summary>Sets every element to <paramref name="value"/>.</summary>
    public void Fill(float value) => Span.Fill(value);

    /// <summary>Throws unless the shape is the expected one; −1 stands for any length.</summary>
    /// <param name="what">Name of the tensor for the message, such as "x" or "W_hh".</param>
    /// <param name="expected">Expected length of each axis.</param>
    /// <exception cref="ArgumentException">The shapes differ; the message names both.</exception>
    public void RequireShape(string what, params ReadOnlySpan<int> expected)
    {
        var fits = expected.Length == shape.Length;
        for (var i = 0; fits && i < expected.Length; i++)
        {
            fits = expected[i] < 0 || expected[i] == shape[i];
        }

        if (!fits)
        {
            throw new ArgumentException($"{what} is {ShapeText}, but {Text(expected)} is needed.");
        }
    }

    /// <summary>The shape as text, such as "[100×1×32]".</summary>
    public string ShapeText => Text(shape);

    /// <summary>Where an element stands, as text: element 7 of a [2×5] tensor stands at "[1, 2]".</summary>
    /// <param name="i">Number of the element in row-major order.</param>
    internal string IndexText(int i)
    {
        var index = new int[shape.Length];
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            (i, index[axis]) = Math.DivRem(i, shape[axis]);
        }

        return $"[{string.Join(", ", index)}]";
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        const int shown = 6;
        var values = Span;
        var parts = new List<string>();
        for (var i = 0; i < Math.Min(shown, values.Length); i++)
        {
            parts.Add(values[i].ToString("G4", CultureInfo.InvariantCulture));
        }

        return $"Tensor {ShapeText} {{ {string.Join(", ", parts)}{(values.Length > shown ? ", …" : "")} }}";
    }

    private void ThrowNoElement(params ReadOnlySpan<int> index)
    {
        var text = $"[{string.Join(", ", index.ToArray())}]";
        throw index.Length == shape.Length
            ? new ArgumentOutOfRangeException(nameof(index), $"A tensor {ShapeText} has no element {text}.")
            : new ArgumentException($"A tensor {ShapeText} is read with {(shape.Length == 1 ? "1 index" : $"{shape.Length} indices")}, not {text}.", nameof(index));
    }

    private static string Text(ReadOnlySpan<int> shape)
    {
        var parts = new List<string>();
        foreach (var length in shape)
        {
            parts.Add(length < 0 ? "any" : length.ToString(CultureInfo.InvariantCulture));
        }

        return $"[{string.Join('×', parts)}]";
    }
}
