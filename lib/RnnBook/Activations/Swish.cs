using System.Numerics;

namespace RnnBook;

/// <summary>A smooth relative of ReLU that dips below 0; also called SiLU.</summary>
/// <remarks>
/// f(x) = x·σ(x); f′(x) = σ(x) + x·σ′(x). Smallest value −0.27846… at x = −1.27846….
/// Elfwing, Uchibe and Doya, 2018 (SiLU); Ramachandran, Zoph and Le, 2017 (Swish, arXiv 1710.05941).
/// </remarks>
public sealed class Swish : Activation
{
    /// <summary>Beyond it σ and σ′ have reached their limits, in double too. Holding x there turns −∞·0 into 0.</summary>
    private const float Far = 1000;

    /// <inheritdoc/>
    public override string Name => "Swish";

    /// <inheritdoc/>
    public override string Formula => "x·σ(x)";

    /// <inheritdoc/>
    public override (double Low, double High) Range => (-0.27846454276107374, double.PositiveInfinity);

    /// <inheritdoc/>
    public override double Value(double x) => Math.Max(x, -Far) * Exponential.Logistic(x);

    /// <inheritdoc/>
    public override double Derivative(double x) =>
        Exponential.Logistic(x) + (Math.Clamp(x, -Far, Far) * Exponential.LogisticSlope(x));

    /// <inheritdoc/>
    protected override void ApplyToSpan(ReadOnlySpan<float> x, Span<float> destination) =>
        default(ValueVector).Map(x, destination);

    /// <inheritdoc/>
    protected override void ApplyDerivativeToSpan(ReadOnlySpan<float> x, Span<float> destination) =>
        default(SlopeVector).Map(x, destination);

    private readonly struct ValueVector : IVectorFunction
    {
        public Vector<float> Of(Vector<float> x) => Vector.Max(x, Vector.Create(-Far)) * Exponential.Logistic(x);
    }

    private readonly struct SlopeVector : IVectorFunction
    {
        public Vector<float> Of(Vector<float> x)
        {
            var (value, slope) = Exponential.LogisticAndSlope(x);
            return value + (Vector.Clamp(x, Vector.Create(-Far), Vector.Create(Far)) * slope);
        }
    }
}
