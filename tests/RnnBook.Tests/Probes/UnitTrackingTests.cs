namespace RnnBook.Tests;

public class UnitTrackingTests
{
    /// <summary>Units: the feature, its opposite, one that never moves, noise.</summary>
    private static (Tensor States, double[] Feature) Sequence(int steps)
    {
        var (random, states, feature) = (new RandomSource(1), new Tensor(steps, 1, 4), new double[steps]);
        for (var t = 0; t < steps; t++)
        {
            feature[t] = random.NextGaussian();
            states[t, 0, 0] = (float)((3 * feature[t]) + 5);
            states[t, 0, 1] = (float)-feature[t];
            states[t, 0, 2] = 7;
            states[t, 0, 3] = (float)random.NextGaussian();
        }

        return (states, feature);
    }

    [Fact]
    public void Correlations_are_those_of_the_units()
    {
        var (states, feature) = Sequence(2000);
        var r = UnitTracking.Correlations(states, feature);
        Assert.Equal(1, r[0], 1e-4);
        Assert.Equal(-1, r[1], 1e-4);
        Assert.Equal(0, r[2]);
        Assert.True(Math.Abs(r[3]) < 0.1, $"{r[3]}");
    }

    [Fact]
    public void A_unit_is_chosen_on_the_first_half_and_judged_on_the_second()
    {
        var (states, feature) = Sequence(1000);
        for (var t = 0; t < 1000; t++)
        {
            // Unit 3 is the best on the first half only; the others know less than it there.
            states[t, 0, 0] = states[t, 0, 1] = 0;
            states[t, 0, 3] = t < 500 ? (float)feature[t] : states[t, 0, 3];
        }

        var (unit, r) = UnitTracking.Best(states, feature);
        Assert.Equal(3, unit);
        Assert.True(Math.Abs(r) < 0.2, $"{r}");
    }

    [Fact]
    public void A_feature_that_never_moves_is_followed_by_none() =>
        Assert.All(UnitTracking.Correlations(Sequence(50).States, new double[50]), r => Assert.Equal(0, r));

    [Fact]
    public void Shapes_that_do_not_fit_are_named() =>
        Assert.Throws<ArgumentException>(() => UnitTracking.Correlations(new Tensor(4, 2, 3), new double[4]));
}
