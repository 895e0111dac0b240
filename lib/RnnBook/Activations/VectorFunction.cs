using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnBook;

/// <summary>A function of a whole vector, its constants in its fields. A struct, so that the loop below takes it inline.</summary>
internal interface IVectorFunction
{
    /// <summary>f of each element.</summary>
    public Vector<float> Of(Vector<float> x);
}

/// <summary>The loop that takes a vector function along a span.</summary>
internal static class VectorFunction
{
    /// <summary>
    /// destination[i] = f(x[i]). An element's result does not depend on where it stands. The spans are of one length
    /// and the same memory or apart.
    /// </summary>
    public static void Map<TFunction>(this TFunction f, ReadOnlySpan<float> x, Span<float> destination)
        where TFunction : struct, IVectorFunction
    {
        var width = Vector<float>.Count;
        if (x.Length < width)
        {
            MapShort(f, x, destination);
            return;
        }

        ref var from = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(destination);

        // The last vector may overlap the one before it: read it first, in case the destination is x itself.
        var end = (nuint)(x.Length - width);
        var last = Vector.LoadUnsafe(ref from, end);
        for (nuint i = 0; i < end; i += (nuint)width)
        {
            f.Of(Vector.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        }

        f.Of(last).StoreUnsafe(ref to, end);
    }

    private static void MapShort<TFunction>(TFunction f, ReadOnlySpan<float> x, Span<float> destination)
        where TFunction : struct, IVectorFunction
    {
        var padded = Vector<float>.Zero;
        var elements = MemoryMarshal.CreateSpan(ref Unsafe.As<Vector<float>, float>(ref padded), Vector<float>.Count);
        x.CopyTo(elements);
        padded = f.Of(padded);
        elements[..x.Length].CopyTo(destination);
    }
}
