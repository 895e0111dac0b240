using System.Numerics;

namespace RnnBook;

/// <summary>The Gaussian error linear unit, exact (through erf, not through the tanh approximation).</summary>
/// <remarks>
/// f(x) = x·Φ(x), f′(x) = Φ(x) + x·φ(x), where Φ(x) = ½·erfc(−x/√2) is the normal distribution function and φ its density.
/// Smallest value −0.16997… at x = −0.75179…. Hendrycks and Gimpel, 2016 (arXiv 1606.08415).
/// </remarks>
public sealed class Gelu : Activation
{
    /// <summary>Beyond it Φ and φ have reached their limits, in double too. Holding x there turns −∞·0 into 0.</summary>
    private const float Far = 50;

    /// <inheritdoc/>
    public override string Name => "GELU";

    /// <inheritdoc/>
    public override string Formula => "x·Φ(x)";

    /// <inheritdoc/>
    public override (double Low, double High) Range => (-0.16997120747990369, double.PositiveInfinity);

    /// <inheritdoc/>
    public override double Value(double x) => Math.Max(x, -Far) * NormalDistribution.Distribution(x);

    /// <inheritdoc/>
    public override double Derivative(double x) =>
        NormalDistribution.Distribution(x) + (Math.Clamp(x, -Far, Far) * NormalDistribution.Density(x));

    /// <inheritdoc/>
    protected override void ApplyToSpan(ReadOnlySpan<float> x, Span<float> destination) =>
        default(ValueVector).Map(x, destination);

    /// <inheritdoc/>
    protected override void ApplyDerivativeToSpan(ReadOnlySpan<float> x, Span<float> destination) =>
        default(SlopeVector).Map(x, destination);

    private readonly struct ValueVector : IVectorFunction
    {
        public Vector<float> Of(Vector<float> x)
        {
            // Above, x·Φ(x) needs x itself: Φ reaches 1 long before.
            x = Vector.Max(x, Vector.Create(-Far));
            return x * NormalDistribution.At(Vector.Min(x, Vector.Create(Far))).Distribution;
        }
    }

    private readonly struct SlopeVector : IVectorFunction
    {
        public Vector<float> Of(Vector<float> x)
        {
            x = Vector.Clamp(x, Vector.Create(-Far), Vector.Create(Far));
            var (distribution, density) = NormalDistribution.At(x);
            return distribution + (x * density);
        }
    }
}
