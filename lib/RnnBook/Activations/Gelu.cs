using System.Numerics;
using MathNet.Numerics;

namespace RnnBook;

/// <summary>The Gaussian error linear unit, exact (through erf, not through the tanh approximation).</summary>
/// <remarks>
/// f(x) = x·Φ(x), f′(x) = Φ(x) + x·φ(x), where Φ(x) = ½·erfc(−x/√2) is the normal distribution function and φ its density.
/// Smallest value −0.16997… at x = −0.75179…. Hendrycks and Gimpel, 2016 (arXiv 1606.08415).
/// </remarks>
public sealed class Gelu() : Activation("GELU", "x·Φ(x)", -0.16997120747990369, double.PositiveInfinity)
{
    /// <summary>Beyond it Φ and φ have reached their limits, in double too. Holding x there turns −∞·0 into 0.</summary>
    private const float Far = 50;

    /// <inheritdoc/>
    public override double Value(double x) => Math.Max(x, -Far) * Distribution(x);

    /// <inheritdoc/>
    public override double Derivative(double x) =>
        Distribution(x) + (Math.Clamp(x, -Far, Far) * (Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI)));

    private protected override void Map(ReadOnlySpan<float> x, Span<float> y, bool derivative) => default(Vectors).Map(x, y, derivative);

    private static double Distribution(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    /// <summary>Φ and φ at finite x, each to a few units in the last place, in the tails too.</summary>
    /// <remarks>
    /// Φ(−a) = exp(−a²/2)·m(a) for a ≥ 0, and m(a), which falls smoothly from 1/2 towards 1/(a√(2π)), is a polynomial in
    /// t = 1/(1 + 0.345a): relative error 2.4e-8 up to a = 14.5, where Φ(−a) leaves the range of float. The coefficients
    /// come from tests/RnnBook.Tests/Activations/fit_mills_ratio.py.
    /// </remarks>
    private static (Vector<float> Distribution, Vector<float> Density) Normal(Vector<float> x)
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

        // φ(0) = 1/√(2π).
        return (Vector.ConditionalSelect(Vector.IsNegative(x), tail, one - tail), bell * 0.39894228f);
    }

    private readonly struct Vectors : IVectorFunction
    {
        public Vector<float> Value(Vector<float> x)
        {
            // Above, x·Φ(x) needs x itself: Φ reaches 1 long before.
            x = Vector.Max(x, Vector.Create(-Far));
            return x * Normal(Vector.Min(x, Vector.Create(Far))).Distribution;
        }

        public Vector<float> Derivative(Vector<float> x)
        {
            x = Vector.Clamp(x, Vector.Create(-Far), Vector.Create(Far));
            var (distribution, density) = Normal(x);
            return distribution + (x * density);
        }
    }
}
