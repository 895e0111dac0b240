using System.Numerics;

namespace RnnBook;

/// <summary>The logistic function: squeezes everything between 0 and 1; the gate of LSTM and GRU.</summary>
/// <remarks>
/// σ(x) = 1/(1 + e⁻ˣ); σ′(x) = σ(x)(1 − σ(x)), at most 1/4. With e = exp(−|x|), σ′ = e/(1 + e)² keeps its digits
/// where 1 − σ(x) would cancel.
/// </remarks>
public sealed class Sigmoid : Activation
{
    /// <inheritdoc/>
    public override string Name => "sigmoid";

    /// <inheritdoc/>
    public override string Formula => "1/(1 + e⁻ˣ)";

    /// <inheritdoc/>
    public override (double Low, double High) Range => (0, 1);

    internal override ActivationKind Kind => ActivationKind.Sigmoid;

    /// <inheritdoc/>
    public override double Value(double x) => Exponential.Logistic(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => Exponential.LogisticSlope(x);

    /// <inheritdoc/>
    protected override void ApplyToSpan(ReadOnlySpan<float> x, Span<float> destination) =>
        default(ValueVector).Map(x, destination);

    /// <inheritdoc/>
    protected override void ApplyDerivativeToSpan(ReadOnlySpan<float> x, Span<float> destination) =>
        default(SlopeVector).Map(x, destination);

    private readonly struct ValueVector : IVectorFunction
    {
        public Vector<float> Of(Vector<float> x) => Exponential.Logistic(x);
    }

    private readonly struct SlopeVector : IVectorFunction
    {
        public Vector<float> Of(Vector<float> x) => Exponential.LogisticAndSlope(x).Slope;
    }
}
