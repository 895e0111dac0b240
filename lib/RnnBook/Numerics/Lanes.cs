using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RnnBook;

/// <summary>16 floats: AVX-512.</summary>
internal struct Lanes16(Vector512<float> v) : ILanes<Lanes16>
{
    private Vector512<float> v = v;

    public static int Width => 16;

    public static int TileRows => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes16 Load(float* p) => new(Vector512.Load(p));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(float* p, Lanes16 x) => x.v.Store(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 All(float x) => new(Vector512.Create(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes16 sum, Lanes16 a, Lanes16 b) => sum.v = Vector512.FusedMultiplyAdd(a.v, b.v, sum.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator +(Lanes16 a, Lanes16 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator -(Lanes16 a, Lanes16 b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator *(Lanes16 a, Lanes16 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator /(Lanes16 a, Lanes16 b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator &(Lanes16 a, Lanes16 b) => new(a.v & b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Min(Lanes16 a, Lanes16 b) => new(Vector512.MinNative(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Max(Lanes16 a, Lanes16 b) => new(Vector512.MaxNative(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Abs(Lanes16 a) => new(Vector512.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Reciprocal(Lanes16 a)
    {
        if (!Avx512F.IsSupported)
        {
            return new(Vector512<float>.One / a.v);
        }

        // 14 bits, doubled by one step of Newton's method: a third of the time of a division.
        var r = Avx512F.Reciprocal14(a.v);
        return new(r * Avx512F.FusedMultiplyAddNegated(a.v, r, Vector512.Create(2f)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Greater(Lanes16 a, Lanes16 b) => new(Vector512.GreaterThan(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Select(Lanes16 mask, Lanes16 a, Lanes16 b) => new(Vector512.ConditionalSelect(mask.v, a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Flush(Lanes16 g, Lanes16 threshold, ref Lanes16 flushed)
    {
        var size = Vector512.Abs(g.v).AsInt32();
        var tiny = ((size - threshold.v.AsInt32()) & -size) >> 31;
        flushed.v = (flushed.v.AsInt32() - tiny).AsSingle();
        return new(Vector512.AndNot(g.v, tiny.AsSingle()));
    }

    public static int Count(Lanes16 flushed) => Vector512.Sum(flushed.v.AsInt32());
}

/// <summary>8 floats: AVX2, 16 registers.</summary>
internal struct Lanes8(Vector256<float> v) : ILanes<Lanes8>
{
    private Vector256<float> v = v;

    public static int Width => 8;

    public static int TileRows => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes8 Load(float* p) => new(Vector256.Load(p));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(float* p, Lanes8 x) => x.v.Store(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 All(float x) => new(Vector256.Create(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes8 sum, Lanes8 a, Lanes8 b) => sum.v = Vector256.FusedMultiplyAdd(a.v, b.v, sum.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(Lanes8 a, Lanes8 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(Lanes8 a, Lanes8 b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(Lanes8 a, Lanes8 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator /(Lanes8 a, Lanes8 b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator &(Lanes8 a, Lanes8 b) => new(a.v & b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Min(Lanes8 a, Lanes8 b) => new(Vector256.MinNative(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Max(Lanes8 a, Lanes8 b) => new(Vector256.MaxNative(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Abs(Lanes8 a) => new(Vector256.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Reciprocal(Lanes8 a) => new(Vector256<float>.One / a.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Greater(Lanes8 a, Lanes8 b) => new(Vector256.GreaterThan(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Select(Lanes8 mask, Lanes8 a, Lanes8 b) => new(Vector256.ConditionalSelect(mask.v, a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Flush(Lanes8 g, Lanes8 threshold, ref Lanes8 flushed)
    {
        var size = Vector256.Abs(g.v).AsInt32();
        var tiny = ((size - threshold.v.AsInt32()) & -size) >> 31;
        flushed.v = (flushed.v.AsInt32() - tiny).AsSingle();
        return new(Vector256.AndNot(g.v, tiny.AsSingle()));
    }

    public static int Count(Lanes8 flushed) => Vector256.Sum(flushed.v.AsInt32());
}

/// <summary>4 floats: NEON, 32 registers.</summary>
internal struct Lanes4(Vector128<float> v) : ILanes<Lanes4>
{
    private Vector128<float> v = v;

    public static int Width => 4;

    public static int TileRows => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes4 Load(float* p) => new(Vector128.Load(p));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(float* p, Lanes4 x) => x.v.Store(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 All(float x) => new(Vector128.Create(x));

    /// <remarks>WebAssembly has no fused product, and to emulate one takes 30 times as long.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes4 sum, Lanes4 a, Lanes4 b) =>
        sum.v = OperatingSystem.IsBrowser() ? sum.v + (a.v * b.v) : Vector128.FusedMultiplyAdd(a.v, b.v, sum.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(Lanes4 a, Lanes4 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 a, Lanes4 b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Lanes4 a, Lanes4 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator /(Lanes4 a, Lanes4 b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator &(Lanes4 a, Lanes4 b) => new(a.v & b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Min(Lanes4 a, Lanes4 b) => new(Vector128.MinNative(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Max(Lanes4 a, Lanes4 b) => new(Vector128.MaxNative(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Abs(Lanes4 a) => new(Vector128.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Reciprocal(Lanes4 a) => new(Vector128<float>.One / a.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Greater(Lanes4 a, Lanes4 b) => new(Vector128.GreaterThan(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Select(Lanes4 mask, Lanes4 a, Lanes4 b) => new(Vector128.ConditionalSelect(mask.v, a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Flush(Lanes4 g, Lanes4 threshold, ref Lanes4 flushed)
    {
        var size = Vector128.Abs(g.v).AsInt32();
        var tiny = ((size - threshold.v.AsInt32()) & -size) >> 31;
        flushed.v = (flushed.v.AsInt32() - tiny).AsSingle();
        return new(Vector128.AndNot(g.v, tiny.AsSingle()));
    }

    public static int Count(Lanes4 flushed) => Vector128.Sum(flushed.v.AsInt32());
}

/// <summary>A single float: wherever the others are not to be had.</summary>
internal struct Lanes1(float v) : ILanes<Lanes1>
{
    private float v = v;

    public static int Width => 1;

    public static int TileRows => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes1 Load(float* p) => new(*p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(float* p, Lanes1 x) => *p = x.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 All(float x) => new(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes1 sum, Lanes1 a, Lanes1 b) => sum.v += a.v * b.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator +(Lanes1 a, Lanes1 b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator -(Lanes1 a, Lanes1 b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator *(Lanes1 a, Lanes1 b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator /(Lanes1 a, Lanes1 b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator &(Lanes1 a, Lanes1 b) =>
        new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a.v) & BitConverter.SingleToInt32Bits(b.v)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Min(Lanes1 a, Lanes1 b) => new(MathF.Min(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Max(Lanes1 a, Lanes1 b) => new(MathF.Max(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Abs(Lanes1 a) => new(MathF.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Reciprocal(Lanes1 a) => new(1 / a.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Greater(Lanes1 a, Lanes1 b) => new(a.v > b.v ? BitConverter.Int32BitsToSingle(-1) : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Select(Lanes1 mask, Lanes1 a, Lanes1 b) => BitConverter.SingleToInt32Bits(mask.v) != 0 ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Flush(Lanes1 g, Lanes1 threshold, ref Lanes1 flushed)
    {
        var tiny = MathF.Abs(g.v) < threshold.v;
        flushed.v = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(flushed.v) + (tiny && g.v != 0 ? 1 : 0));
        return tiny ? default : g;
    }

    public static int Count(Lanes1 flushed) => BitConverter.SingleToInt32Bits(flushed.v);
}
