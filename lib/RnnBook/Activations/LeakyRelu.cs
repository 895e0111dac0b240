using System.Numerics;
using static System.FormattableString;

namespace RnnBook;

/// <summary>ReLU with a small fixed slope below 0, so that no unit is cut off from its gradient.</summary>
/// <remarks>
/// f(x) = x for x &gt; 0, otherwise a·x; f′(x) = 1 for x &gt; 0, otherwise a (at the kink too, as in PyTorch).
/// Maas, Hannun and Ng, 2013.
/// </remarks>
public sealed class LeakyRelu : Activation
{
    /// <summary>Fixes the slope.</summary>
    /// <param name="slope">a, positive; 0.01 unless told.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not positive and finite.</exception>
    public LeakyRelu(float slope = 0.01f)
        : base("Leaky ReLU", Invariant($"x > 0 ? x : {slope}·x"), double.NegativeInfinity, double.PositiveInfinity)
    {
        Slope = float.IsFinite(slope) && slope > 0
            ? slope
            : throw new ArgumentOutOfRangeException(nameof(slope), slope, "Leaky ReLU needs a positive, finite slope.");
    }

    internal override ActivationKind Kind => ActivationKind.LeakyRelu;

    internal override float Slope { get; }

    /// <inheritdoc/>
    public override double Value(double x) => x > 0 ? x : Slope * x;

    /// <inheritdoc/>
    public override double Derivative(double x) => double.IsNaN(x) ? x : x > 0 ? 1 : Slope;

    private protected override void Map(ReadOnlySpan<float> x, Span<float> y, bool derivative) => new Vectors(Slope).Map(x, y, derivative);

    /// <summary>Of <see cref="PRelu"/> too.</summary>
    internal readonly struct Vectors(float slope) : IVectorFunction
    {
        public Vector<float> Value(Vector<float> x) => Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), x, x * slope);

        public Vector<float> Derivative(Vector<float> x) => Vector.ConditionalSelect(
            Vector.IsNaN(x), x, Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One, Vector.Create(slope)));
    }
}
