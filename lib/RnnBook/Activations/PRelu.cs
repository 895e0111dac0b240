using static System.FormattableString;

namespace RnnBook;

/// <summary>ReLU with a slope below 0 that training changes: one slope for all units of a layer, as PyTorch's <c>PReLU()</c>.</summary>
/// <remarks>
/// f(x) = x for x &gt; 0, otherwise a·x; f′(x) = 1 for x &gt; 0, otherwise a. What training needs besides: ∂f/∂a = min(x, 0).
/// He, Zhang, Ren and Sun, 2015 (arXiv 1502.01852), who start from a = 0.25. A layer learns a slope of its own that starts from the
/// one it is given.
/// </remarks>
public sealed class PRelu : Activation
{
    /// <summary>Makes a slope to be learned.</summary>
    /// <param name="slope">The a to start from, finite; 0.25 unless told. Training may make it negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
    public PRelu(float slope = 0.25f)
        : base("PReLU", "x > 0 ? x : a·x, slope learned", double.NegativeInfinity, double.PositiveInfinity)
    {
        if (!float.IsFinite(slope))
        {
            throw new ArgumentOutOfRangeException(nameof(slope), slope, "PReLU needs a finite slope.");
        }

        Weight.Value[0] = slope;
    }

    /// <summary>a, [1].</summary>
    public Parameter Weight { get; } = new("weight", 1);

    /// <inheritdoc/>
    public override string Formula => Invariant($"x > 0 ? x : {Slope}·x, slope learned");

    /// <inheritdoc/>
    public override (double Low, double High) Range => (Slope > 0 ? double.NegativeInfinity : 0, double.PositiveInfinity);

    /// <summary>With a negative slope the sign of x cannot be read from the output.</summary>
    internal override ActivationKind Kind => Slope > 0 ? ActivationKind.LeakyRelu : ActivationKind.Other;

    internal override float Slope => Weight.Value[0];

    /// <inheritdoc/>
    public override double Value(double x) => x > 0 ? x : Slope * x;

    /// <inheritdoc/>
    public override double Derivative(double x) => double.IsNaN(x) ? x : x > 0 ? 1 : Slope;

    /// <summary>∂L/∂a of a layer: Σ ∂L/∂f(x)·min(x, 0). Add it to the gradient of <see cref="Weight"/>.</summary>
    /// <param name="x">Pre-activations.</param>
    /// <param name="outputGradient">∂L/∂f(x), as many.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double SlopeGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> outputGradient)
    {
        if (x.Length != outputGradient.Length)
        {
            throw new ArgumentException($"x has {x.Length} elements, but the gradient {outputGradient.Length}.", nameof(outputGradient));
        }

        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += (double)outputGradient[i] * MathF.Min(x[i], 0);
        }

        return sum;
    }

    internal override Activation ForLayer() => new PRelu(Slope);

    private protected override void Map(ReadOnlySpan<float> x, Span<float> y, bool derivative) => new LeakyRelu.Vectors(Slope).Map(x, y, derivative);
}
