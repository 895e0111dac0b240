using System.Numerics;

namespace RnnBook;

/// <summary>The rectified linear unit.</summary>
/// <remarks>
/// f(x) = max(0, x); f′(x) = 1 for x &gt; 0, otherwise 0. At the kink f′(0) = 0, as in PyTorch on the CPU (cuDNN takes 1).
/// The rectifier: Fukushima, 1969; the name and deep learning: Nair and Hinton, 2010; Glorot, Bordes and Bengio, 2011.
/// </remarks>
public sealed class Relu() : Activation("ReLU", "max(0, x)", 0, double.PositiveInfinity)
{
    internal override ActivationKind Kind => ActivationKind.Relu;

    /// <inheritdoc/>
    public override double Value(double x) => Math.Max(x, 0);

    /// <inheritdoc/>
    public override double Derivative(double x) => double.IsNaN(x) ? x : x > 0 ? 1 : 0;

    private protected override void Map(ReadOnlySpan<float> x, Span<float> y, bool derivative) => default(Vectors).Map(x, y, derivative);

    private readonly struct Vectors : IVectorFunction
    {
        public Vector<float> Value(Vector<float> x) => Vector.Max(x, Vector<float>.Zero);

        public Vector<float> Derivative(Vector<float> x) => Vector.ConditionalSelect(
            Vector.IsNaN(x), x, Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One, Vector<float>.Zero));
    }
}
