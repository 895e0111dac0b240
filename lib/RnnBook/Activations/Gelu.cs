using MathNet.Numerics;

namespace RnnBook;

/// <summary>The Gaussian error linear unit, exact (through erf, not through the tanh approximation).</summary>
/// <remarks>
/// f(x) = x·Φ(x), f′(x) = Φ(x) + x·φ(x), where Φ(x) = ½·erfc(−x/√2) is the normal distribution function and φ its density.
/// Smallest value −0.16997… at x = −0.75179…. Hendrycks and Gimpel, 2016 (arXiv 1606.08415).
/// </remarks>
public sealed class Gelu : Activation
{
    /// <summary>Beyond it Φ and φ have reached their limits, in double too. Holding x there turns −∞·0 into 0.</summary>
    private const float Far = 50;

    /// <inheritdoc/>
    public override string Name => "GELU";

    /// <inheritdoc/>
    public override string Formula => "x·Φ(x)";

    /// <inheritdoc/>
    public override (double Low, double High) Range => (-0.16997120747990369, double.PositiveInfinity);

    /// <inheritdoc/>
    public override double Value(double x) => Math.Max(x, -Far) * Distribution(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => Distribution(x) + (Math.Clamp(x, -Far, Far) * Density(x));

    private static double Distribution(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    private static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
}
