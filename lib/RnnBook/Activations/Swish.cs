using System.Numerics;

namespace RnnBook;

/// <summary>A smooth relative of ReLU that dips below 0; also called SiLU.</summary>
/// <remarks>
/// f(x) = x·σ(x); f′(x) = σ(x) + x·σ′(x). Smallest value −0.27846… at x = −1.27846….
/// Elfwing, Uchibe and Doya, 2018 (SiLU); Ramachandran, Zoph and Le, 2017 (Swish, arXiv 1710.05941).
/// </remarks>
public sealed class Swish() : Activation("Swish", "x·σ(x)", -0.27846454276107374, double.PositiveInfinity)
{
    /// <summary>Beyond it σ and σ′ have reached their limits, in double too. Holding x there turns −∞·0 into 0.</summary>
    private const float Far = 1000;

    /// <inheritdoc/>
    public override double Value(double x) => Math.Max(x, -Far) * Exponential.Logistic(x);

    /// <inheritdoc/>
    public override double Derivative(double x) =>
        Exponential.Logistic(x) + (Math.Clamp(x, -Far, Far) * Exponential.LogisticSlope(x));

    private protected override void Map(ReadOnlySpan<float> x, Span<float> y, bool derivative) => default(Vectors).Map(x, y, derivative);

    private readonly struct Vectors : IVectorFunction
    {
        public Vector<float> Value(Vector<float> x) => Vector.Max(x, Vector.Create(-Far)) * Exponential.LogisticAndSlope(x).Value;

        public Vector<float> Derivative(Vector<float> x)
        {
            var (value, slope) = Exponential.LogisticAndSlope(x);
            return value + (Vector.Clamp(x, Vector.Create(-Far), Vector.Create(Far)) * slope);
        }
    }
}
