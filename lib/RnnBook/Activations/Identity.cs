using System.Numerics;

namespace RnnBook;

/// <summary>The identity: what a linear recurrent network has in place of an activation.</summary>
/// <remarks>f(x) = x, f′(x) = 1.</remarks>
public sealed class Identity : Activation
{
    /// <inheritdoc/>
    public override string Name => "identity";

    /// <inheritdoc/>
    public override string Formula => "x";

    /// <inheritdoc/>
    public override (double Low, double High) Range => (double.NegativeInfinity, double.PositiveInfinity);

    internal override ActivationKind Kind => ActivationKind.Identity;

    /// <inheritdoc/>
    public override double Value(double x) => x;

    /// <inheritdoc/>
    public override double Derivative(double x) => double.IsNaN(x) ? x : 1;

    /// <inheritdoc/>
    protected override void ApplyToSpan(ReadOnlySpan<float> x, Span<float> destination) => x.CopyTo(destination);

    /// <inheritdoc/>
    protected override void ApplyDerivativeToSpan(ReadOnlySpan<float> x, Span<float> destination) =>
        default(SlopeVector).Map(x, destination);

    private readonly struct SlopeVector : IVectorFunction
    {
        public Vector<float> Of(Vector<float> x) =>
            Vector.ConditionalSelect(Vector.IsNaN(x), x, Vector<float>.One);
    }
}
