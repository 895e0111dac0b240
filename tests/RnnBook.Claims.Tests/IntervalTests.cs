namespace RnnBook.Tests;

/// <summary>Feeds known distributions to the intervals: 95 % of them must enclose the true value.</summary>
public class IntervalTests
{
    private const int Trials = 4000;

    public static IEnumerable<object[]> Distributions =>
        from name in new[] { "normal", "exponential", "uniform", "log-normal" } from runs in new[] { 10, 20, 50 } select new object[] { name, runs };

    [Theory]
    [MemberData(nameof(Distributions))]
    public void The_interval_of_a_median_covers_it(string distribution, int runs)
    {
        var (draw, median, _) = Known(distribution);
        Assert.InRange(Covered(runs, draw, Interval.OfMedian, median), 0.93, 0.97);
    }

    [Theory]
    [InlineData("normal", 10)]
    [InlineData("normal", 20)]
    [InlineData("uniform", 10)]
    [InlineData("uniform", 20)]
    [InlineData("exponential", 50)]
    public void The_interval_of_a_mean_covers_it(string distribution, int runs)
    {
        var (draw, _, mean) = Known(distribution);
        Assert.InRange(Covered(runs, draw, Interval.OfMean, mean, trials: 2000), 0.93, 0.97);
    }

    /// <summary>Wilson's interval covers 95 % on the average over shares; at one share it swings, as every interval of a share must.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(50)]
    public void The_interval_of_a_share_covers_it_on_the_average(int runs)
    {
        var random = new Random(1);
        var covered = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var share = random.NextDouble();
            var interval = Interval.OfShare(Enumerable.Range(0, runs).Count(_ => random.NextDouble() < share), runs);
            covered += interval.Low <= share && share <= interval.High ? 1 : 0;
        }

        Assert.InRange((double)covered / Trials, 0.93, 0.97);
    }

    /// <summary>A threshold at the true value is right and wrong at once: the machine must say "undecided", but for one time in twenty.</summary>
    [Fact]
    public void A_criterion_at_the_true_value_is_undecided()
    {
        var criterion = new Criterion("m", CriterionUse.Stated, Estimate.Median, Comparison.AtLeast, 0, 0, "m");
        var (draw, _, _) = Known("normal");
        var random = new Random(3);
        var states = Enumerable.Range(0, 1000).Select(_ => criterion.Judge([.. Enumerable.Range(0, 20).Select(_ => draw(random))]).State).ToList();
        Assert.InRange(states.Count(state => state == CriterionState.Undecided), 930, 970);
    }

    [Theory]
    [InlineData(new[] { 3.0 }, 3, 3)]
    [InlineData(new[] { 3.0, 1, 2 }, 1, 3)]
    [InlineData(new[] { 2.0, 2, 2, 2, 2, 2, 2, 2, 2, 2 }, 2, 2)]
    public void Few_values_give_their_range_and_equal_ones_a_point(double[] values, double low, double high) =>
        Assert.Equal(new Interval(low, high), Interval.OfMedian(values));

    [Fact]
    public void A_run_that_never_got_there_widens_the_interval_to_infinity()
    {
        var values = Enumerable.Range(1, 10).Select(i => i <= 7 ? i : double.PositiveInfinity).ToList();
        Assert.Equal(double.PositiveInfinity, Interval.OfMedian(values).High);
        Assert.True(double.IsFinite(Interval.OfMedian(values).Low));
    }

    private static double Covered(int runs, Func<Random, double> draw, Func<double[], Interval> interval, double truth, int trials = Trials)
    {
        var random = new Random(7);
        var covered = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            var found = interval([.. Enumerable.Range(0, runs).Select(_ => draw(random))]);
            covered += found.Low <= truth && truth <= found.High ? 1 : 0;
        }

        return (double)covered / trials;
    }

    private static (Func<Random, double> Draw, double Median, double Mean) Known(string distribution) => distribution switch
    {
        "exponential" => (random => -Math.Log(1 - random.NextDouble()), Math.Log(2), 1),
        "uniform" => (random => random.NextDouble(), 0.5, 0.5),
        "log-normal" => (random => Math.Exp(Normal(random)), 1, Math.Exp(0.5)),
        _ => (Normal, 0, 0),
    };

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
