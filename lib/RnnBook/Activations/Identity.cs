using System.Numerics;

namespace RnnBook;

/// <summary>The identity: what a linear recurrent network has in place of an activation.</summary>
/// <remarks>f(x) = x, f′(x) = 1.</remarks>
public sealed class Identity() : Activation("identity", "x", double.NegativeInfinity, double.PositiveInfinity)
{
    internal override ActivationKind Kind => ActivationKind.Identity;

    /// <inheritdoc/>
    public override double Value(double x) => x;

    /// <inheritdoc/>
    public override double Derivative(double x) => double.IsNaN(x) ? x : 1;

    private protected override void Map(ReadOnlySpan<float> x, Span<float> y, bool derivative) => default(Vectors).Map(x, y, derivative);

    private readonly struct Vectors : IVectorFunction
    {
        public Vector<float> Value(Vector<float> x) => x;

        public Vector<float> Derivative(Vector<float> x) => Vector.ConditionalSelect(Vector.IsNaN(x), x, Vector<float>.One);
    }
}
