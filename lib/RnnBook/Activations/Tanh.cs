using System.Numerics;

namespace RnnBook;

/// <summary>The hyperbolic tangent: squeezes everything between −1 and 1; the classic activation of a recurrent network.</summary>
/// <remarks>
/// f(x) = (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ) = 2σ(2x) − 1; f′(x) = 1 − f(x)² = 4σ′(2x), at most 1. The second form of f′ keeps its
/// digits where 1 − f² would cancel. (TensorPrimitives.Tanh is not used: it gives −6e-8 at 0.)
/// </remarks>
public sealed class Tanh() : Activation("tanh", "tanh x", -1, 1)
{
    internal override ActivationKind Kind => ActivationKind.Tanh;

    /// <inheritdoc/>
    public override double Value(double x) => Math.Tanh(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => 4 * Exponential.LogisticSlope(2 * x);

    private protected override void Map(ReadOnlySpan<float> x, Span<float> y, bool derivative) => default(Vectors).Map(x, y, derivative);

    private readonly struct Vectors : IVectorFunction
    {
        /// <summary>tanh|x| = −m/(2 + m) with m = exp(−2|x|) − 1, then the sign of x: exactly 0 at 0, every digit near 0.</summary>
        public Vector<float> Value(Vector<float> x)
        {
            var m = Exponential.OfNegativeMinusOne(-2f * Vector.Abs(x));
            return Vector.CopySign(m / (m + Vector.Create(2f)), x);
        }

        public Vector<float> Derivative(Vector<float> x) => Exponential.LogisticAndSlope(x + x).Slope * 4f;
    }
}
