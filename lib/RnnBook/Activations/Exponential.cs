using System.Runtime.Intrinsics;

namespace RnnBook;

/// <summary>
/// The functions built on eˣ that several activations share, in double and for 16 floats, in forms that neither overflow
/// nor cancel.
/// </summary>
internal static class Exponential
{
    /// <summary>σ(x) = 1/(1 + e⁻ˣ).</summary>
    public static double Logistic(double x)
    {
        var e = Math.Exp(-Math.Abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    /// <summary>σ(x) = 1/(1 + e⁻ˣ).</summary>
    public static Vector512<float> Logistic(Vector512<float> x)
    {
        var e = Vector512.Exp(-Vector512.Abs(x));
        return Vector512.ConditionalSelect(Vector512.IsNegative(x), e, Vector512<float>.One) / (Vector512<float>.One + e);
    }

    /// <summary>σ′(x) = e/(1 + e)² with e = exp(−|x|).</summary>
    public static double LogisticSlope(double x)
    {
        var e = Math.Exp(-Math.Abs(x));
        return e / ((1 + e) * (1 + e));
    }

    /// <summary>σ′(x) = e/(1 + e)² with e = exp(−|x|).</summary>
    public static Vector512<float> LogisticSlope(Vector512<float> x)
    {
        var e = Vector512.Exp(-Vector512.Abs(x));
        var sum = Vector512<float>.One + e;
        return e / (sum * sum);
    }

    /// <summary>eˣ − 1 for x ≤ 0, as 2t/(1 − t) with t = tanh(x/2), which does not cancel near 0.</summary>
    public static double MinusOne(double x)
    {
        var t = Math.Tanh(x / 2);
        return 2 * t / (1 - t);
    }

    /// <summary>eˣ − 1 for x ≤ 0: near 0 the Taylor polynomial, whose remainder at −1/2 is below 2⁻²⁵ of the value.</summary>
    public static Vector512<float> MinusOne(Vector512<float> x)
    {
        var series = Vector512<float>.One;
        for (var k = 8; k > 1; k--)
        {
            series = Vector512.FusedMultiplyAdd(series * x, Vector512.Create(1f / k), Vector512<float>.One);
        }

        return Vector512.ConditionalSelect(
            Vector512.GreaterThan(x, Vector512.Create(-0.5f)), series * x, Vector512.Exp(x) - Vector512<float>.One);
    }

    /// <summary>ln(1 + e) for e ≥ 0. Kahan: the rounding of 1 + e is in numerator and denominator alike, so it cancels.</summary>
    public static double LogOnePlus(double e)
    {
        var u = 1 + e;
        return u == 1 ? e : Math.Log(u) * e / (u - 1);
    }

    /// <summary>ln(1 + e) for e ≥ 0, in the same way.</summary>
    public static Vector512<float> LogOnePlus(Vector512<float> e)
    {
        var one = Vector512<float>.One;
        var u = one + e;
        return Vector512.ConditionalSelect(Vector512.Equals(u, one), e, Vector512.Log(u) * e / (u - one));
    }
}
