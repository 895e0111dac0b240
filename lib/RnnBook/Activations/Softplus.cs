using System.Runtime.Intrinsics;

namespace RnnBook;

/// <summary>The smooth ReLU, whose slope is the logistic function.</summary>
/// <remarks>
/// f(x) = ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), the second form without overflow; f′(x) = σ(x).
/// Dugas, Bengio, Bélisle, Nadeau and Garcia, 2001.
/// </remarks>
public sealed class Softplus : Activation
{
    /// <inheritdoc/>
    public override string Name => "Softplus";

    /// <inheritdoc/>
    public override string Formula => "ln(1 + eˣ)";

    /// <inheritdoc/>
    public override (double Low, double High) Range => (0, double.PositiveInfinity);

    /// <inheritdoc/>
    public override double Value(double x) => Math.Max(x, 0) + Exponential.LogOnePlus(Math.Exp(-Math.Abs(x)));

    /// <inheritdoc/>
    public override double Derivative(double x) => Exponential.Logistic(x);

    /// <inheritdoc/>
    protected override void ApplyToSpan(ReadOnlySpan<float> x, Span<float> destination) =>
        default(ValueVector).Map(x, destination);

    /// <inheritdoc/>
    protected override void ApplyDerivativeToSpan(ReadOnlySpan<float> x, Span<float> destination) =>
        default(SlopeVector).Map(x, destination);

    private readonly struct ValueVector : IVectorFunction
    {
        public Vector512<float> Of(Vector512<float> x) =>
            Vector512.Max(x, Vector512<float>.Zero) + Exponential.LogOnePlus(Vector512.Exp(-Vector512.Abs(x)));
    }

    private readonly struct SlopeVector : IVectorFunction
    {
        public Vector512<float> Of(Vector512<float> x) => Exponential.Logistic(x);
    }
}
