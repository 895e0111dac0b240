using System.Numerics;

namespace RnnBook;

/// <summary>The smooth ReLU, whose slope is the logistic function.</summary>
/// <remarks>
/// f(x) = ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), the second form without overflow; f′(x) = σ(x).
/// Dugas, Bengio, Bélisle, Nadeau and Garcia, 2001.
/// </remarks>
public sealed class Softplus() : Activation("Softplus", "ln(1 + eˣ)", 0, double.PositiveInfinity)
{
    /// <inheritdoc/>
    public override double Value(double x) => Math.Max(x, 0) + Exponential.LogOnePlus(Math.Exp(-Math.Abs(x)));

    /// <inheritdoc/>
    public override double Derivative(double x) => Exponential.Logistic(x);

    private protected override void Map(ReadOnlySpan<float> x, Span<float> y, bool derivative) => default(Vectors).Map(x, y, derivative);

    private readonly struct Vectors : IVectorFunction
    {
        public Vector<float> Value(Vector<float> x) =>
            Vector.Max(x, Vector<float>.Zero) + Exponential.LogOnePlus(Exponential.OfNegative(-Vector.Abs(x)));

        public Vector<float> Derivative(Vector<float> x) => Exponential.LogisticAndSlope(x).Value;
    }
}
