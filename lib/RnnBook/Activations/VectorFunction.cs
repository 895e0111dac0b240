using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RnnBook;

/// <summary>A function of 16 floats at a time, its constants in its fields. A struct, so that the loop below takes it inline.</summary>
internal interface IVectorFunction
{
    /// <summary>f of each of the 16 elements.</summary>
    public Vector512<float> Of(Vector512<float> x);
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
        var width = Vector512<float>.Count;
        if (x.Length < width)
        {
            MapShort(f, x, destination);
            return;
        }

        ref var from = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(destination);

        // The last vector may overlap the one before it: read it first, in case the destination is x itself.
        var end = (nuint)(x.Length - width);
        var last = Vector512.LoadUnsafe(ref from, end);
        for (nuint i = 0; i < end; i += (nuint)width)
        {
            f.Of(Vector512.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        }

        f.Of(last).StoreUnsafe(ref to, end);
    }

    private static void MapShort<TFunction>(TFunction f, ReadOnlySpan<float> x, Span<float> destination)
        where TFunction : struct, IVectorFunction
    {
        var padded = Vector512<float>.Zero;
        var elements = MemoryMarshal.CreateSpan(ref Unsafe.As<Vector512<float>, float>(ref padded), Vector512<float>.Count);
        x.CopyTo(elements);
        padded = f.Of(padded);
        elements[..x.Length].CopyTo(destination);
    }
}
