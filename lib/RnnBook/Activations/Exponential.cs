using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnBook;

/// <summary>
/// The functions built on eˣ that several activations share, in double and for a vector of floats at a time, in forms that neither
/// overflow nor cancel. The vector forms are good to about 3 units in the last place; a result below the smallest normal
/// float, 1.2e-38, becomes 0, because denormal numbers slow the processor down.
/// </summary>
/// <remarks>Why not the platform's: Vector.Exp computes in double and takes several times as long.</remarks>
internal static class Exponential
{
    /// <summary>ln 2⁻¹²⁶: below it eˣ is no normal float.</summary>
    private const float Lowest = -87.33654f;

    /// <summary>eˣ for x ≤ 0.</summary>
    public static Vector<float> OfNegative(Vector<float> x)
    {
        var (power, surplus) = Split(x);
        return Vector.FusedMultiplyAdd(power, surplus, power);
    }

    /// <summary>eˣ − 1 for x ≤ 0, as 2t/(1 − t) with t = tanh(x/2), which does not cancel near 0.</summary>
    public static double OfNegativeMinusOne(double x)
    {
        var t = Math.Tanh(x / 2);
        return 2 * t / (1 - t);
    }

    /// <summary>eˣ − 1 for x ≤ 0.</summary>
    public static Vector<float> OfNegativeMinusOne(Vector<float> x)
    {
        var (power, surplus) = Split(x);
        return Vector.FusedMultiplyAdd(power, surplus, power - Vector<float>.One);
    }

    /// <summary>σ(x) = 1/(1 + e⁻ˣ).</summary>
    public static double Logistic(double x)
    {
        var e = Math.Exp(-Math.Abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    /// <summary>σ′(x) = e/(1 + e)² with e = exp(−|x|).</summary>
    public static double LogisticSlope(double x)
    {
        var e = Math.Exp(-Math.Abs(x));
        return e / ((1 + e) * (1 + e));
    }

    /// <summary>σ(x) and σ′(x) = e/(1 + e)² with e = exp(−|x|).</summary>
    public static (Vector<float> Value, Vector<float> Slope) LogisticAndSlope(Vector<float> x)
    {
        var e = OfNegative(-Vector.Abs(x));
        var above = Vector<float>.One / (Vector<float>.One + e);
        var below = e * above;
        return (Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), below, above), below * above);
    }

    /// <summary>ln(1 + e) for 0 ≤ e ≤ 1. Kahan: numerator and denominator share the rounding of 1 + e, so it cancels.</summary>
    public static double LogOnePlus(double e)
    {
        var u = 1 + e;
        return u == 1 ? e : Math.Log(u) * e / (u - 1);
    }

    /// <summary>ln(1 + e) for 0 ≤ e ≤ 1, as 2·artanh z = 2(z + z³/3 + z⁵/5 + …) with z = e/(2 + e) ≤ 1/3.</summary>
    public static Vector<float> LogOnePlus(Vector<float> e)
    {
        var z = e / (e + Vector.Create(2f));
        var square = z * z;
        var sum = Vector.Create(1f / 15);
        sum = Vector.FusedMultiplyAdd(sum, square, Vector.Create(1f / 13));
        sum = Vector.FusedMultiplyAdd(sum, square, Vector.Create(1f / 11));
        sum = Vector.FusedMultiplyAdd(sum, square, Vector.Create(1f / 9));
        sum = Vector.FusedMultiplyAdd(sum, square, Vector.Create(1f / 7));
        sum = Vector.FusedMultiplyAdd(sum, square, Vector.Create(1f / 5));
        sum = Vector.FusedMultiplyAdd(sum, square, Vector.Create(1f / 3));
        return 2f * Vector.FusedMultiplyAdd(sum * square, z, z);
    }

    /// <summary>
    /// Splits eˣ, x ≤ 0, into power·(1 + surplus): x = n·ln 2 + r with n whole and |r| ≤ ½·ln 2, power = 2ⁿ (0 where eˣ is no
    /// normal float) and surplus = eʳ − 1 by its Taylor polynomial, whose remainder r⁸/8! is below 2⁻²⁷.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float> Power, Vector<float> Surplus) Split(Vector<float> x)
    {
        // Adding 1.5·2²³ leaves the nearest whole number in the low bits of the significand.
        var rounder = Vector.Create(12582912f);
        var held = Vector.Max(x, Vector.Create(Lowest));
        var shifted = Vector.FusedMultiplyAdd(held, Vector.Create(1.44269504f), rounder);
        var n = shifted - rounder;

        // ln 2 in two parts; n times the first is exact.
        var r = Vector.FusedMultiplyAdd(n, Vector.Create(-0.693359375f), held);
        r = Vector.FusedMultiplyAdd(n, Vector.Create(2.12194440e-4f), r);

        var sum = Vector.Create(1f / 5040);
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1f / 720));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1f / 120));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1f / 24));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1f / 6));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1f / 2));
        var surplus = Vector.FusedMultiplyAdd(sum * r, r, r);

        // n moves from the low bits into the exponent: 1.0f has exponent bits 127, to which n is added.
        var power = (Vector.ShiftLeft(shifted.As<float, int>(), 23) + Vector<float>.One.As<float, int>()).As<int, float>();
        return (Vector.ConditionalSelect(Vector.LessThan(x, Vector.Create(Lowest)), Vector<float>.Zero, power), surplus);
    }
}
