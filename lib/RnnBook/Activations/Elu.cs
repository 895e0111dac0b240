using System.Numerics;
using static System.FormattableString;

namespace RnnBook;

/// <summary>The exponential linear unit: like ReLU above 0, levelling off at −α below.</summary>
/// <remarks>
/// f(x) = x for x &gt; 0, otherwise α(eˣ − 1); f′(x) = 1 for x &gt; 0, otherwise αeˣ (α at the kink, as in PyTorch).
/// Clevert, Unterthiner and Hochreiter, 2016 (arXiv 1511.07289).
/// </remarks>
public sealed class Elu : Activation
{
    /// <summary>Fixes α.</summary>
    /// <param name="alpha">α, positive; 1 unless told.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not positive and finite.</exception>
    public Elu(float alpha = 1)
        : base("ELU", alpha == 1 ? "x > 0 ? x : eˣ − 1" : Invariant($"x > 0 ? x : {alpha}·(eˣ − 1)"), -alpha, double.PositiveInfinity)
    {
        Slope = float.IsFinite(alpha) && alpha > 0
            ? alpha
            : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "ELU needs a positive, finite α.");
    }

    internal override ActivationKind Kind => ActivationKind.Elu;

    /// <summary>α.</summary>
    internal override float Slope { get; }

    /// <inheritdoc/>
    public override double Value(double x) => x > 0 ? x : Slope * Exponential.OfNegativeMinusOne(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => x > 0 ? 1 : Slope * Math.Exp(x);

    private protected override void Map(ReadOnlySpan<float> x, Span<float> y, bool derivative) => new Vectors(Slope).Map(x, y, derivative);

    private readonly struct Vectors(float alpha) : IVectorFunction
    {
        public Vector<float> Value(Vector<float> x) => Vector.ConditionalSelect(
            Vector.GreaterThan(x, Vector<float>.Zero), x, Exponential.OfNegativeMinusOne(x) * alpha);

        public Vector<float> Derivative(Vector<float> x) => Vector.ConditionalSelect(
            Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One, Exponential.OfNegative(x) * alpha);
    }
}
