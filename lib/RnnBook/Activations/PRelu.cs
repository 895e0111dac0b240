namespace RnnBook;

/// <summary>ReLU with a slope below 0 that training may change.</summary>
/// <remarks>
/// f(x) = x for x &gt; 0, otherwise a·x; f′(x) = 1 for x &gt; 0, otherwise a. What training needs besides: ∂f/∂a = min(x, 0).
/// He, Zhang, Ren and Sun, 2015 (arXiv 1502.01852), who start from a = 0.25.
/// </remarks>
public sealed class PRelu : Activation
{
    private readonly float slope;

    /// <summary>Takes the slope as it is now.</summary>
    /// <param name="slope">a, finite and not 0 (that is ReLU); 0.25 unless told. Training may make it negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is 0 or not finite.</exception>
    public PRelu(float slope = 0.25f)
    {
        if (!float.IsFinite(slope) || slope == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(slope), slope, "PReLU needs a finite slope other than 0.");
        }

        this.slope = slope;
    }

    /// <inheritdoc/>
    public override string Name => "PReLU";

    /// <inheritdoc/>
    public override string Formula => $"x > 0 ? x : {slope}·x, slope learned";

    /// <inheritdoc/>
    public override (double Low, double High) Range =>
        (slope > 0 ? double.NegativeInfinity : 0, double.PositiveInfinity);

    /// <summary>With a negative slope the sign of x cannot be read from the output.</summary>
    internal override ActivationKind Kind => slope > 0 ? ActivationKind.LeakyRelu : ActivationKind.Other;

    internal override float Slope => slope;

    /// <inheritdoc/>
    public override double Value(double x) => x > 0 ? x : slope * x;

    /// <inheritdoc/>
    public override double Derivative(double x) => double.IsNaN(x) ? x : x > 0 ? 1 : slope;

    /// <summary>∂f/∂a at x: min(x, 0).</summary>
    public static double SlopeDerivative(double x) => Math.Min(x, 0);

    /// <inheritdoc/>
    protected override void ApplyToSpan(ReadOnlySpan<float> x, Span<float> destination) =>
        new LeakyRelu.ValueVector(slope).Map(x, destination);

    /// <inheritdoc/>
    protected override void ApplyDerivativeToSpan(ReadOnlySpan<float> x, Span<float> destination) =>
        new LeakyRelu.SlopeVector(slope).Map(x, destination);
}
