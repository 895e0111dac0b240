using FsCheck;
using FsCheck.Fluent;
using RnnBook.Figures;

namespace RnnBook.Tests;

public class ThinningTests
{
    [Fact]
    public void Thinning_keeps_ends_extremes_order_and_the_limit() => Prop.ForAll<double[], PositiveInt, PositiveInt>((seed, length, limit) =>
    {
        var max = 5 + (limit.Get % 200);
        var values = Long(seed, length.Get);
        var kept = Thinning.Keep(max, values);
        var finite = values.Where(double.IsFinite).ToArray();
        var keptFinite = kept.Select(i => values[i]).Where(double.IsFinite).ToArray();
        return kept.Length <= Math.Max(max, 5)
            && kept[0] == 0 && kept[^1] == values.Length - 1
            && kept.Zip(kept.Skip(1)).All(p => p.First < p.Second)
            && (finite.Length == 0 || (finite.Min() == keptFinite.Min() && finite.Max() == keptFinite.Max()))
            && values.Any(v => !double.IsFinite(v)) == kept.Any(i => !double.IsFinite(values[i]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tracks_over_the_same_positions_all_keep_their_extremes() => Prop.ForAll<double[], PositiveInt>((seed, length) =>
    {
        var first = Long(seed, length.Get);
        double[] second = [.. first.Reverse()];
        var kept = Thinning.Keep(50, first, second);
        return kept.Length <= 50 && Array.TrueForAll([first, second], t => Extent.Of(t) == Extent.Of(kept.Select(i => t[i])));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Short_series_stay_whole() => Assert.Equal([0, 1, 2], Thinning.Keep(3, [1, 2, 3]));

    [Fact]
    public void A_spike_and_a_gap_in_a_million_points_are_drawn()
    {
        double[] values = [.. Enumerable.Range(0, 1_000_000).Select(i => Math.Sin(i))];
        values[543_210] = 7;
        values[777_777] = double.NaN;
        var y = new Figure().Line(values).Json().Numbers("data.0.y");
        Assert.InRange(y.Length, 1000, Thinning.MaxPoints);
        Assert.Single(y, 7.0);
        Assert.Single(y, double.NaN);
    }

    private static double[] Long(double[] seed, int length) => seed.Length == 0
        ? [.. Enumerable.Range(0, 1 + length).Select(i => Math.Sin(i))]
        : [.. Enumerable.Range(0, 1 + (length * 13)).Select(i => seed[i % seed.Length] * (1 + (i * 0.01)))];
}
