using System.Numerics;
using MathNet.Numerics;

namespace RnnBook;

/// <summary>
/// The standard normal distribution function Φ and its density φ, which GELU is made of; in double and for a vector of floats.
/// </summary>
internal static class NormalDistribution
{
    private const float DensityAtZero = 0.39894228f; // 1/√(2π)

    /// <summary>Φ(x) = ½·erfc(−x/√2).</summary>
    public static double Distribution(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    /// <summary>φ(x) = exp(−x²/2)/√(2π).</summary>
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>Φ and φ at finite x, each to a few units in the last place, in the tails too.</summary>
    /// <remarks>
    /// Φ(−a) = exp(−a²/2)·m(a) for a ≥ 0, and m(a), which falls smoothly from 1/2 towards 1/(a√(2π)), is a polynomial in
    /// t = 1/(1 + 0.345a): relative error 2.4e-8 up to a = 14.5, where Φ(−a) leaves the range of float. The coefficients
    /// come from tests/RnnBook.Tests/Activations/fit_mills_ratio.py.
    /// </remarks>
    public static (Vector<float> Distribution, Vector<float> Density) At(Vector<float> x)
    {
        var one = Vector<float>.One;
        var a = Vector.Abs(x);

        // The rounding of a² would cost exp(−a²/2) up to 50 units in the last place: put it back.
        var square = a * a;
        var lost = Vector.FusedMultiplyAdd(a, a, -square);
        var bell = Exponential.OfNegative(square * -0.5f);
        bell -= bell * (lost * 0.5f);

        var t = one / Vector.FusedMultiplyAdd(a, Vector.Create(0.345f), one);
        var m = Vector.Create(-0.0281517962f);
        m = Vector.FusedMultiplyAdd(m, t, Vector.Create(0.144233574f));
        m = Vector.FusedMultiplyAdd(m, t, Vector.Create(-0.269153524f));
        m = Vector.FusedMultiplyAdd(m, t, Vector.Create(0.185054595f));
        m = Vector.FusedMultiplyAdd(m, t, Vector.Create(-0.0362379f));
        m = Vector.FusedMultiplyAdd(m, t, Vector.Create(0.111267708f));
        m = Vector.FusedMultiplyAdd(m, t, Vector.Create(0.117361993f));
        m = Vector.FusedMultiplyAdd(m, t, Vector.Create(0.13800524f));
        m = Vector.FusedMultiplyAdd(m, t, Vector.Create(0.137620113f));
        var tail = bell * (m * t);
        return (Vector.ConditionalSelect(Vector.IsNegative(x), tail, one - tail), bell * DensityAtZero);
    }
}
