using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace RnnBook;

/// <summary>The hyperbolic tangent: squeezes everything between −1 and 1; the classic activation of a recurrent network.</summary>
/// <remarks>
/// f(x) = (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ) = 2σ(2x) − 1; f′(x) = 1 − f(x)² = 4σ′(2x), at most 1. The second form of f′ keeps its
/// digits where 1 − f² would cancel.
/// </remarks>
public sealed class Tanh : Activation
{
    /// <inheritdoc/>
    public override string Name => "tanh";

    /// <inheritdoc/>
    public override string Formula => "tanh x";

    /// <inheritdoc/>
    public override (double Low, double High) Range => (-1, 1);

    internal override ActivationKind Kind => ActivationKind.Tanh;

    /// <inheritdoc/>
    public override double Value(double x) => Math.Tanh(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => 4 * Exponential.LogisticSlope(2 * x);

    /// <inheritdoc/>
    protected override void ApplyToSpan(ReadOnlySpan<float> x, Span<float> destination) => TensorPrimitives.Tanh(x, destination);

    /// <inheritdoc/>
    protected override void ApplyDerivativeToSpan(ReadOnlySpan<float> x, Span<float> destination) =>
        default(SlopeVector).Map(x, destination);

    private readonly struct SlopeVector : IVectorFunction
    {
        public Vector512<float> Of(Vector512<float> x) => Exponential.LogisticSlope(x + x) * 4f;
    }
}
