namespace RnnBook.Tests;

/// <summary>f′ against central differences of f.</summary>
internal static class DerivativeCheck
{
    /// <summary>
    /// What <see cref="WorstError"/> may be. With the step h, the difference (f(x + h) − f(x − h))/2h is off by h²|f‴|/6 and, through
    /// the rounding of f, by about ε·max(1, |f|)/h. At h = ∛ε = 6e-6 both are about 4e-11; the smooth activations have |f‴| below 2.
    /// </summary>
    public const double Tolerance = 1e-9;

    private static readonly double Step = Math.Cbrt(Math.BitIncrement(1.0) - 1);

    /// <summary>Largest difference over points that are no nearer to the kink at 0 than the step.</summary>
    public static double WorstError(Activation f)
    {
        var worst = 0.0;
        for (var x = -8.0; x <= 8; x += 0.0123)
        {
            if (Math.Abs(x) > 2 * Step)
            {
                var h = x + Step - x;
                var difference = (f.Value(x + h) - f.Value(x - h)) / (2 * h);
                var error = Math.Abs(difference - f.Derivative(x)) / Math.Max(1, Math.Abs(f.Value(x)));
                worst = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);
            }
        }

        return worst;
    }
}
