namespace RnnBook;

/// <summary>
/// Foretell the Lorenz system, ẋ = 10 (y − x), ẏ = x (28 − z) − y, ż = x y − 8/3 z: convection in three numbers, the first strange attractor
/// (Lorenz, 1963). Errors grow by a factor e in about 1.1 units of time.
/// </summary>
public sealed class Lorenz : SeriesTask
{
    private const double Step = 0.005;

    /// <summary>Makes the task.</summary>
    /// <param name="sequenceLength">T, 1 or more: times that a sequence shows.</param>
    /// <param name="horizon">How many times after the last one shown the answer lies, 1 or more.</param>
    /// <param name="everyStep">Whether an answer is asked after every step.</param>
    /// <param name="onlyX">Whether x alone is shown and asked for: the other two must then be read out of its past.</param>
    /// <param name="times">Length of the series.</param>
    /// <param name="interval">Units of t from one time to the next: a multiple of 0.005.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public Lorenz(
        int sequenceLength, int horizon = 1, bool everyStep = false, bool onlyX = false, int times = 10_000, double interval = 0.05)
        : base(onlyX ? "Lorenz, x alone" : "Lorenz", Generate(times, interval, onlyX), sequenceLength, horizon, everyStep)
    {
    }

    /// <summary>Integrates the equations from (1, 1, 1) by Runge–Kutta of order 4; the first 20 units of time are left out.</summary>
    /// <param name="times">How many points.</param>
    /// <param name="interval">Units of t from one point to the next: a multiple of 0.005, at least that.</param>
    /// <param name="onlyX">Whether to give x alone.</param>
    /// <returns>x, y, z at each time.</returns>
    public static double[][] Generate(int times, double interval = 0.05, bool onlyX = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, Step);
        var point = Advance((1, 1, 1), (int)Math.Round(20 / Step), Step);
        var series = new double[times][];
        for (var t = 0; t < times; t++)
        {
            series[t] = onlyX ? [point.X] : [point.X, point.Y, point.Z];
            point = Advance(point, (int)Math.Round(interval / Step), Step);
        }

        return series;
    }

    /// <summary>So many steps of length h.</summary>
    internal static (double X, double Y, double Z) Advance((double X, double Y, double Z) p, int steps, double h)
    {
        for (var n = 0; n < steps; n++)
        {
            var k1 = Slope(p);
            var k2 = Slope(Add(p, h / 2, k1));
            var k3 = Slope(Add(p, h / 2, k2));
            var k4 = Slope(Add(p, h, k3));
            p = Add(Add(Add(Add(p, h / 6, k1), h / 3, k2), h / 3, k3), h / 6, k4);
        }

        return p;
    }

    private static (double X, double Y, double Z) Slope((double X, double Y, double Z) p) =>
        (10 * (p.Y - p.X), (p.X * (28 - p.Z)) - p.Y, (p.X * p.Y) - (8.0 / 3 * p.Z));

    private static (double X, double Y, double Z) Add((double X, double Y, double Z) p, double h, (double X, double Y, double Z) k) =>
        (p.X + (h * k.X), p.Y + (h * k.Y), p.Z + (h * k.Z));
}
