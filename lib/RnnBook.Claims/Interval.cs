using MathNet.Numerics.Distributions;

namespace RnnBook;

/// <summary>A 95 % confidence interval.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    private const int Resamples = 2000;

    /// <summary>z of a two-sided 95 %.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>
    /// For a median, from the order statistics (Hettmansperger and Sheather, 1986): the number of values below the true median is binomial,
    /// whatever the distribution, so that the ranks d and n + 1 − d enclose it with a known probability; between the two ranks around 95 % one
    /// interpolates. No assumption, no random numbers, and ∞ (a run that never got there) is a value like others.
    /// </summary>
    /// <param name="values">One value a run; fewer than 6 give their whole range, which covers less than 95 %.</param>
    public static Interval OfMedian(IReadOnlyList<double> values)
    {
        var sorted = Sorted(values);
        var n = sorted.Length;

        // The widest d whose interval still covers 95 %; P(d ≤ Bin(n, ½) ≤ n − d).
        var d = 0;
        while (2 * (d + 1) <= n && Coverage(n, d + 1) >= 0.95)
        {
            d++;
        }

        if (d == 0 || 2 * (d + 1) > n)
        {
            return new(sorted[Math.Max(0, d - 1)], sorted[n - Math.Max(1, d)]);
        }

        var (outer, inner) = (Coverage(n, d), Coverage(n, d + 1));
        var i = (outer - 0.95) / (outer - inner);
        var weight = (n - d) * i / (d + ((n - (2 * d)) * i));
        return new(Between(sorted[d - 1], sorted[d], weight), Between(sorted[n - d], sorted[n - d - 1], weight));
    }

    /// <summary>
    /// For a mean, by the bootstrap: runs are drawn again with replacement, and the middle 95 % of the means of many such samples is the interval,
    /// made wider for few runs as Student's t is wider than the normal distribution (Hesterberg, 2015, "expanded percentile").
    /// Values of pairs that share a seed are differences or ratios, so pairs stay together. Of a skewed distribution it covers less for few
    /// runs (20 exponential ones: 92 %); a median has no such trouble.
    /// </summary>
    /// <param name="values">One finite value a run.</param>
    public static Interval OfMean(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        var n = values.Count;
        if (n == 1)
        {
            return new(values[0], values[0]);
        }

        // The same runs give the same interval.
        var random = new Random(n);
        var means = new double[Resamples];
        for (var resample = 0; resample < Resamples; resample++)
        {
            var sum = 0.0;
            for (var i = 0; i < n; i++)
            {
                sum += values[random.Next(n)];
            }

            means[resample] = sum / n;
        }

        Array.Sort(means);
        var tail = Normal.CDF(0, 1, Math.Sqrt((double)n / (n - 1)) * StudentT.InvCDF(0, 1, n - 1, 0.025));
        return new(means[(int)(tail * Resamples)], means[Resamples - 1 - (int)(tail * Resamples)]);
    }

    /// <summary>For a share of yes among yes and no (Wilson, 1927).</summary>
    /// <param name="yes">How many.</param>
    /// <param name="count">Of how many, 1 or more.</param>
    public static Interval OfShare(int yes, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegative(yes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(yes, count);
        var share = (double)yes / count;
        var middle = (share + (Z * Z / (2 * count))) / (1 + (Z * Z / count));
        var half = Z / (1 + (Z * Z / count)) * Math.Sqrt((share * (1 - share) / count) + (Z * Z / (4.0 * count * count)));
        return new(yes == 0 ? 0 : middle - half, yes == count ? 1 : middle + half);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{ClaimWords.Number(Low)} to {ClaimWords.Number(High)}";

    /// <summary>Smallest and largest.</summary>
    internal static Interval OfRange(IReadOnlyList<double> values) => new(values.Min(), values.Max());

    /// <summary>P(d ≤ K ≤ n − d) for K binomial with n tosses of a fair coin: how often ranks d and n + 1 − d enclose the median.</summary>
    private static double Coverage(int n, int d)
    {
        var outside = 0.0;
        var log = -n * Math.Log(2);
        for (var k = 0; k < d; k++)
        {
            outside += Math.Exp(log);
            log += Math.Log((double)(n - k) / (k + 1));
        }

        return 1 - (2 * outside);
    }

    private static double[] Sorted(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        return [.. values.Order()];
    }

    /// <summary>∞ is as far from a number as from itself: next to it there is nothing to interpolate.</summary>
    private static double Between(double outer, double inner, double weight) =>
        double.IsInfinity(outer) || double.IsInfinity(inner) ? outer : outer + (weight * (inner - outer));
}
