namespace RnnBook;

/// <summary>
/// Foretell the Mackey–Glass series, ẋ(t) = 0.2 x(t − τ) / (1 + x(t − τ)¹⁰) − 0.1 x(t): blood cells that the body orders by how many there
/// were a delay ago (Mackey and Glass, 1977). With τ = 17 it is chaotic, but only just, and has served forecasters since.
/// </summary>
public sealed class MackeyGlass : SeriesTask
{
    /// <summary>Steps of integration from one time to the next.</summary>
    private const int Substeps = 10;

    /// <summary>Makes the task.</summary>
    /// <param name="sequenceLength">T, 1 or more: times that a sequence shows.</param>
    /// <param name="horizon">How many times after the last one shown the answer lies, 1 or more.</param>
    /// <param name="everyStep">Whether an answer is asked after every step.</param>
    /// <param name="delay">τ, a whole number, 1 or more.</param>
    /// <param name="times">Length of the series; one time is a unit of t.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public MackeyGlass(int sequenceLength, int horizon = 1, bool everyStep = false, int delay = 17, int times = 10_000)
        : base($"Mackey–Glass, τ = {delay}", [.. Generate(times, delay).Select(x => new[] { x })], sequenceLength, horizon, everyStep)
    {
    }

    /// <summary>Integrates the equation from x = 1.2 at all earlier times, and leaves out the first 1,000 times.</summary>
    /// <param name="times">How many values.</param>
    /// <param name="delay">τ, 1 or more.</param>
    /// <param name="start">x up to t = 0.</param>
    /// <param name="leaveOut">Times left out at the beginning, until the start is forgotten.</param>
    /// <param name="substeps">Steps of integration a unit of time.</param>
    /// <remarks>
    /// Runge–Kutta of order 4. Half a step after a known point x is that of the cubic with the values and slopes at both ends, which is of order 4
    /// as well, also beside t = 0, where the slope jumps.
    /// </remarks>
    public static double[] Generate(int times, double delay = 17, double start = 1.2, int leaveOut = 1000, int substeps = Substeps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(substeps, 4);
        var lag = (int)Math.Round(delay * substeps);
        var h = 1.0 / substeps;
        var x = new double[lag + ((times + leaveOut) * substeps) + 1];
        var slopes = new double[x.Length];
        Array.Fill(x, start, 0, lag + 1);
        for (var n = lag; n < x.Length - 1; n++)
        {
            var i = n - lag;
            var thenHalf = i < lag ? start : ((x[i] + x[i + 1]) / 2) + (h / 8 * (slopes[i] - slopes[i + 1]));
            slopes[n] = Slope(x[n], x[i]);
            var k2 = Slope(x[n] + (h / 2 * slopes[n]), thenHalf);
            var k3 = Slope(x[n] + (h / 2 * k2), thenHalf);
            var k4 = Slope(x[n] + (h * k3), x[i + 1]);
            x[n + 1] = x[n] + (h / 6 * (slopes[n] + (2 * k2) + (2 * k3) + k4));
        }

        return [.. Enumerable.Range(leaveOut, times).Select(t => x[lag + (t * substeps)])];
    }

    private static double Slope(double x, double then) => (0.2 * then / (1 + Math.Pow(then, 10))) - (0.1 * x);
}
