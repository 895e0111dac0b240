using System.Numerics;

namespace RnnBook;

/// <summary>The logistic function: squeezes everything between 0 and 1; the gate of LSTM and GRU.</summary>
/// <remarks>
/// σ(x) = 1/(1 + e⁻ˣ); σ′(x) = σ(x)(1 − σ(x)), at most 1/4. With e = exp(−|x|), σ′ = e/(1 + e)² keeps its digits
/// where 1 − σ(x) would cancel.
/// </remarks>
public sealed class Sigmoid() : Activation("sigmoid", "1/(1 + e⁻ˣ)", 0, 1)
{
    internal override ActivationKind Kind => ActivationKind.Sigmoid;

    /// <inheritdoc/>
    public override double Value(double x) => Exponential.Logistic(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => Exponential.LogisticSlope(x);

    private protected override void Map(ReadOnlySpan<float> x, Span<float> y, bool derivative) => default(Vectors).Map(x, y, derivative);

    private readonly struct Vectors : IVectorFunction
    {
        public Vector<float> Value(Vector<float> x) => Exponential.LogisticAndSlope(x).Value;

        public Vector<float> Derivative(Vector<float> x) => Exponential.LogisticAndSlope(x).Slope;
    }
}
