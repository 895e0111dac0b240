using static System.FormattableString;

namespace RnnBook;

/// <summary>What the units of a layer do over a batch of states: how many are on, off, dead, at their limits.</summary>
/// <param name="ActiveShare">Share of the states that are above 0.</param>
/// <param name="Sparsity">Share of the states that are exactly 0: k/n.</param>
/// <param name="SaturatedShare">
/// Share of the states within 1 % of the half range from a bound of f (|h| above 0.99 for tanh); NaN where f has not two finite bounds.
/// </param>
/// <param name="DeadUnits">The units that are exactly 0 at every step of every sequence.</param>
/// <param name="Units">How many units there are.</param>
public sealed record Activity(
    double ActiveShare, double Sparsity, double SaturatedShare, IReadOnlyList<int> DeadUnits, int Units)
{
    /// <summary>Share of the units that are dead.</summary>
    public double DeadShare => (double)DeadUnits.Count / Units;

    /// <summary>Counts.</summary>
    /// <param name="states">[T, B, H], such as a layer's States after a forward pass, or [B, H].</param>
    /// <param name="activation">f, for its bounds; null if saturation is not asked for.</param>
    /// <exception cref="ArgumentException">There are no states.</exception>
    public static Activity Measure(Tensor states, Activation? activation = null)
    {
        ArgumentNullException.ThrowIfNull(states);
        if (states.Count == 0 || states.Rank < 2)
        {
            throw new ArgumentException($"States are [T×B×H] or [B×H] and not empty, but these are {states.ShapeText}.", nameof(states));
        }

        var units = states.Shape[^1];
        var (low, high) = activation?.Range ?? (double.NegativeInfinity, double.PositiveInfinity);
        var margin = 0.01 * (high - low) / 2;
        var isAlive = new bool[units];
        long active = 0, zero = 0, saturated = 0;
        var values = states.Span;
        for (var i = 0; i < values.Length; i++)
        {
            var h = values[i];
            active += h > 0 ? 1 : 0;
            zero += h == 0 ? 1 : 0;
            saturated += h < low + margin || h > high - margin ? 1 : 0;
            isAlive[i % units] |= h != 0;
        }

        double count = values.Length;
        return new Activity(
            active / count,
            zero / count,
            double.IsFinite(margin) ? saturated / count : double.NaN,
            [.. Enumerable.Range(0, units).Where(unit => !isAlive[unit])],
            units);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Invariant($"{ActiveShare:P1} active, sparsity {Sparsity:P1}, {DeadUnits.Count} of {Units} units dead")
        + (double.IsNaN(SaturatedShare) ? "" : Invariant($", {SaturatedShare:P1} saturated"));
}
