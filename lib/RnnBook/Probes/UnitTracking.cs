namespace RnnBook;

/// <summary>Does a unit follow something that a reader can name? The linear correlation of each unit of a layer with a number known at each step.</summary>
public static class UnitTracking
{
    /// <summary>The correlation of every unit with a feature, over some steps.</summary>
    /// <param name="states">The states of one sequence, [T, 1, H].</param>
    /// <param name="feature">The feature after each step, T numbers.</param>
    /// <param name="steps">Which steps count; null: all.</param>
    /// <returns>H numbers from −1 to 1; 0 for a unit, or a feature, that does not move.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static double[] Correlations(Tensor states, IReadOnlyList<double> feature, Range? steps = null)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(feature);
        states.RequireShape("The states", feature.Count, 1, -1);
        var (offset, length) = (steps ?? Range.All).GetOffsetAndLength(feature.Count);
        var units = states.Shape[2];
        var mean = length == 0 ? 0 : Enumerable.Range(offset, length).Average(t => feature[t]);
        var (sum, squares, products) = (new double[units], new double[units], new double[units]);
        var variance = 0.0;
        for (var t = offset; t < offset + length; t++)
        {
            var away = feature[t] - mean;
            variance += away * away;
            var h = states.Span.Slice(t * units, units);
            for (var unit = 0; unit < units; unit++)
            {
                sum[unit] += h[unit];
                squares[unit] += (double)h[unit] * h[unit];
                products[unit] += h[unit] * away;
            }
        }

        return [.. Enumerable.Range(0, units).Select(unit => Correlation(squares[unit] - (sum[unit] * sum[unit] / length), products[unit]))];

        double Correlation(double spread, double product) =>
            spread > 1e-12 * squares.Max() && variance > 0 ? Math.Clamp(product / Math.Sqrt(spread * variance), -1, 1) : 0;
    }

    /// <summary>
    /// The unit that follows a feature best. It is chosen on the first half of the steps and its correlation is taken on the second, so that a
    /// lucky choice among many units does not count.
    /// </summary>
    /// <param name="states">The states of one sequence, [T, 1, H].</param>
    /// <param name="feature">The feature after each step, T numbers.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static (int Unit, double Correlation) Best(Tensor states, IReadOnlyList<double> feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        var half = feature.Count / 2;
        var unit = Correlations(states, feature, ..half).Index().MaxBy(pair => Math.Abs(pair.Item)).Index;
        return (unit, Correlations(states, feature, half..)[unit]);
    }
}
