using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// The learning rate as a function of the number of updates made so far, as PyTorch's schedulers compute it. It remembers nothing: a
/// run that is resumed goes on with the right rate.
/// </summary>
public sealed class LearningRateSchedule
{
    private readonly Func<double, double> rate;
    private readonly string text;

    private LearningRateSchedule(float first, string text, Func<double, double> rate)
    {
        if (!float.IsFinite(first) || first < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(rate), first, "A learning rate is finite and not negative.");
        }

        (this.rate, this.text) = (rate, text);
    }

    /// <summary>The same rate η, zero or more, at every update.</summary>
    /// <exception cref="ArgumentOutOfRangeException">η is negative or not finite.</exception>
    public static LearningRateSchedule Constant(float rate) => new(rate, Invariant($"rate {rate}"), _ => rate);

    /// <summary>η·γ^⌊n/every⌋ with η zero or more, every 1 or more, γ above 0 (PyTorch's <c>StepLR</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number outside its range.</exception>
    public static LearningRateSchedule Step(float rate, int every, double factor = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        return new(rate, Invariant($"rate {rate}, times {factor} every {every} updates"), n => rate * Math.Pow(factor, Math.Floor(n / every)));
    }

    /// <summary>η·γⁿ with η zero or more, γ above 0 (PyTorch's <c>ExponentialLR</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number outside its range.</exception>
    public static LearningRateSchedule Exponential(float rate, double factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        return new(rate, Invariant($"rate {rate}, times {factor} every update"), n => rate * Math.Pow(factor, n));
    }

    /// <summary>
    /// Up in a straight line from η/warmUp to η, then down along half a cosine, and there it stays. (PyTorch's <c>LinearLR</c> with
    /// start_factor 1/warmUp and total_iters warmUp − 1, followed by <c>CosineAnnealingLR</c>, which would rise again.)
    /// </summary>
    /// <param name="rate">η, the highest rate, zero or more.</param>
    /// <param name="updates">Updates until the lowest rate is reached, more than <paramref name="warmUp"/>.</param>
    /// <param name="warmUp">Updates of the rise, zero or more.</param>
    /// <param name="lowest">The rate at the end, 0 to η.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number outside its range.</exception>
    public static LearningRateSchedule Cosine(float rate, int updates, int warmUp = 0, float lowest = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmUp);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(updates, warmUp);
        ArgumentOutOfRangeException.ThrowIfNegative(lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lowest, rate);
        return new(rate, Invariant($"rate {rate}, {warmUp} updates of warm-up, down a cosine to {lowest} at update {updates}"), n => n < warmUp
            ? rate * (n + 1) / warmUp
            : lowest + ((rate - lowest) * (1 + Math.Cos(Math.PI * Math.Min(1, (n - warmUp) / (updates - warmUp)))) / 2));
    }

    /// <summary>The rate of the next update, n having been made so far.</summary>
    public float Rate(long updates) => (float)rate(updates);

    /// <inheritdoc/>
    public override string ToString() => text;
}
