using System.Numerics;

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
        public Vector<float> Of(Vector<float> x) =>
            Vector.Max(x, Vector<float>.Zero) + Exponential.LogOnePlus(Exponential.OfNegative(-Vector.Abs(x)));
    }

    private readonly struct SlopeVector : IVectorFunction
    {
        public Vector<float> Of(Vector<float> x) => Exponential.Logistic(x);
    }
}
