using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnBook;

/// <summary>
/// Loops over arrays whose time is worth knowing: one number at a time, in vectors of a chosen width, or backward from the stored output.
/// They are here, compiled, because a cell's own loop is compiled without optimisation by some hosts.
/// </summary>
/// <remarks>All arrays of a call have one length, a multiple of 16; another throws an <see cref="ArgumentException"/>.</remarks>
public static class ElementLoops
{
    private const MethodImplOptions Fast = MethodImplOptions.AggressiveOptimization;

    /// <summary>x − x³/3 + 2x⁵/15 − 17x⁷/315, the first terms of tanh.</summary>
    private const float C3 = -1 / 3f, C5 = 2 / 15f, C7 = -17 / 315f;

    /// <summary>
    /// Widths of a vector in bits; 32 is one number at a time. Where a processor lacks a width, .NET makes it up from narrower vectors.
    /// </summary>
    public static IReadOnlyList<int> Widths { get; } = [32, 128, 256, 512];

    /// <summary>The loop h = max(0, a) in vectors of that many bits: a function of a and h.</summary>
    /// <exception cref="ArgumentException">There is no such width.</exception>
    public static Action<float[], float[]> Relu(int width) => Checked(OfWidth(width, ReluScalar, Relu128, Relu256, Relu512));

    /// <summary>The loop h = a − a³/3 + 2a⁵/15 − 17a⁷/315 in vectors of that many bits: more work on each number than ReLU.</summary>
    /// <exception cref="ArgumentException">There is no such width.</exception>
    public static Action<float[], float[]> Polynomial(int width) =>
        Checked(OfWidth(width, PolynomialScalar, Polynomial128, Polynomial256, Polynomial512));

    /// <summary>The loop h = max(0, a), tanh a or σ(a), one number at a time, by the functions of .NET's MathF.</summary>
    /// <exception cref="ArgumentException">A function other than ReLU, tanh or sigmoid.</exception>
    public static Action<float[], float[]> Scalar(Activation f) =>
        Checked(Of<Action<float[], float[]>>(f, ReluScalar, TanhScalar, SigmoidScalar));

    /// <summary>The loop d = g · f′, a function of h, g and d; the slope comes from the stored output h = f(a). Vectors of 256 bits.</summary>
    /// <exception cref="ArgumentException">A function other than ReLU, tanh or sigmoid.</exception>
    public static Action<float[], float[], float[]> Backward(Activation f)
    {
        var loop = Of<Action<float[], float[], float[]>>(f, ReluBackward, TanhBackward, SigmoidBackward);
        return (h, g, d) =>
        {
            RequireFit(h, g);
            RequireFit(h, d);
            loop(h, g, d);
        };
    }

    private static T Of<T>(Activation f, T relu, T tanh, T sigmoid) => f switch
    {
        RnnBook.Relu => relu,
        Tanh => tanh,
        Sigmoid => sigmoid,
        _ => throw new ArgumentException($"There are loops for ReLU, tanh and sigmoid, not for {f?.Name}.", nameof(f)),
    };

    private static Action<float[], float[]> OfWidth(int width, params Action<float[], float[]>[] loops) =>
        Widths.ToList().IndexOf(width) is >= 0 and var at
            ? loops[at]
            : throw new ArgumentException($"A width is one of {string.Join(", ", Widths)} bits, not {width}.", nameof(width));

    /// <summary>A vector that reaches beyond the end would read and write what is not the array's.</summary>
    private static Action<float[], float[]> Checked(Action<float[], float[]> loop) => (a, h) =>
    {
        RequireFit(a, h);
        loop(a, h);
    };

    private static void RequireFit(float[] a, float[] h)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(h);
        if (a.Length != h.Length || a.Length % 16 != 0)
        {
            throw new ArgumentException($"Arrays have one length, a multiple of 16, not {a.Length} and {h.Length}.");
        }
    }

    [MethodImpl(Fast)]
    private static void ReluScalar(float[] a, float[] h)
    {
        for (var i = 0; i < a.Length; i++)
        {
            h[i] = MathF.Max(a[i], 0);
        }
    }

    [MethodImpl(Fast)]
    private static void TanhScalar(float[] a, float[] h)
    {
        for (var i = 0; i < a.Length; i++)
        {
            h[i] = MathF.Tanh(a[i]);
        }
    }

    [MethodImpl(Fast)]
    private static void SigmoidScalar(float[] a, float[] h)
    {
        for (var i = 0; i < a.Length; i++)
        {
            h[i] = 1 / (1 + MathF.Exp(-a[i]));
        }
    }

    [MethodImpl(Fast)]
    private static void PolynomialScalar(float[] a, float[] h)
    {
        for (var i = 0; i < a.Length; i++)
        {
            var (x, s) = (a[i], a[i] * a[i]);
            h[i] = x + (x * s * (C3 + (s * (C5 + (s * C7)))));
        }
    }

    [MethodImpl(Fast)]
    private static void Relu128(float[] a, float[] h)
    {
        for (var i = 0; i < a.Length; i += 4)
        {
            Vector128.Max(Vector128.LoadUnsafe(ref a[i]), Vector128<float>.Zero).StoreUnsafe(ref h[i]);
        }
    }

    [MethodImpl(Fast)]
    private static void Relu256(float[] a, float[] h)
    {
        for (var i = 0; i < a.Length; i += 8)
        {
            Vector256.Max(Vector256.LoadUnsafe(ref a[i]), Vector256<float>.Zero).StoreUnsafe(ref h[i]);
        }
    }

    [MethodImpl(Fast)]
    private static void Relu512(float[] a, float[] h)
    {
        for (var i = 0; i < a.Length; i += 16)
        {
            Vector512.Max(Vector512.LoadUnsafe(ref a[i]), Vector512<float>.Zero).StoreUnsafe(ref h[i]);
        }
    }

    [MethodImpl(Fast)]
    private static void Polynomial128(float[] a, float[] h)
    {
        for (var i = 0; i < a.Length; i += 4)
        {
            var x = Vector128.LoadUnsafe(ref a[i]);
            var s = x * x;
            (x + (x * s * (Vector128.Create(C3) + (s * (Vector128.Create(C5) + (s * C7)))))).StoreUnsafe(ref h[i]);
        }
    }

    [MethodImpl(Fast)]
    private static void Polynomial256(float[] a, float[] h)
    {
        for (var i = 0; i < a.Length; i += 8)
        {
            var x = Vector256.LoadUnsafe(ref a[i]);
            var s = x * x;
            (x + (x * s * (Vector256.Create(C3) + (s * (Vector256.Create(C5) + (s * C7)))))).StoreUnsafe(ref h[i]);
        }
    }

    [MethodImpl(Fast)]
    private static void Polynomial512(float[] a, float[] h)
    {
        for (var i = 0; i < a.Length; i += 16)
        {
            var x = Vector512.LoadUnsafe(ref a[i]);
            var s = x * x;
            (x + (x * s * (Vector512.Create(C3) + (s * (Vector512.Create(C5) + (s * C7)))))).StoreUnsafe(ref h[i]);
        }
    }

    [MethodImpl(Fast)]
    private static void ReluBackward(float[] h, float[] g, float[] d)
    {
        for (var i = 0; i < h.Length; i += 8)
        {
            var mask = Vector256.GreaterThan(Vector256.LoadUnsafe(ref h[i]), Vector256<float>.Zero);
            (mask & Vector256.LoadUnsafe(ref g[i])).StoreUnsafe(ref d[i]);
        }
    }

    [MethodImpl(Fast)]
    private static void TanhBackward(float[] h, float[] g, float[] d)
    {
        for (var i = 0; i < h.Length; i += 8)
        {
            var v = Vector256.LoadUnsafe(ref h[i]);
            (Vector256.LoadUnsafe(ref g[i]) * (Vector256<float>.One - (v * v))).StoreUnsafe(ref d[i]);
        }
    }

    [MethodImpl(Fast)]
    private static void SigmoidBackward(float[] h, float[] g, float[] d)
    {
        for (var i = 0; i < h.Length; i += 8)
        {
            var v = Vector256.LoadUnsafe(ref h[i]);
            (Vector256.LoadUnsafe(ref g[i]) * v * (Vector256<float>.One - v)).StoreUnsafe(ref d[i]);
        }
    }
}
