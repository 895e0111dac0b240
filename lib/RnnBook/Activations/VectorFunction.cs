using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnBook;

/// <summary>A function of a whole vector and its derivative, the constants in fields. A struct, so that the loop below takes both inline.</summary>
internal interface IVectorFunction
{
    /// <summary>f of each element.</summary>
    public Vector<float> Value(Vector<float> x);

    /// <summary>f′ of each element.</summary>
    public Vector<float> Derivative(Vector<float> x);
}

/// <summary>The loop that takes a vector function along a span.</summary>
internal static class VectorFunction
{
    /// <summary>
    /// destination[i] = f(x[i]) or f′(x[i]). An element's result does not depend on where it stands. The spans are of one length
    /// and the same memory or apart.
    /// </summary>
    public static void Map<TFunction>(this TFunction f, ReadOnlySpan<float> x, Span<float> destination, bool derivative)
        where TFunction : struct, IVectorFunction
    {
        // Two loops, each without the question.
        if (derivative)
        {
            Loop(f, x, destination, derivative: true);
        }
        else
        {
            Loop(f, x, destination, derivative: false);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Loop<TFunction>(TFunction f, ReadOnlySpan<float> x, Span<float> destination, bool derivative)
        where TFunction : struct, IVectorFunction
    {
        var width = Vector<float>.Count;
        if (x.Length < width)
        {
            Span<float> padded = stackalloc float[width];
            x.CopyTo(padded);
            var result = new Vector<float>(padded);
            (derivative ? f.Derivative(result) : f.Value(result)).CopyTo(padded);
            padded[..x.Length].CopyTo(destination);
            return;
        }

        ref var from = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(destination);

        // The last vector may overlap the one before it: read it first, in case the destination is x itself.
        var end = (nuint)(x.Length - width);
        var last = Vector.LoadUnsafe(ref from, end);
        for (nuint i = 0; i < end; i += (nuint)width)
        {
            var next = Vector.LoadUnsafe(ref from, i);
            (derivative ? f.Derivative(next) : f.Value(next)).StoreUnsafe(ref to, i);
        }

        (derivative ? f.Derivative(last) : f.Value(last)).StoreUnsafe(ref to, end);
    }
}
