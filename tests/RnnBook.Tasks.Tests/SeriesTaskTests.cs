namespace RnnBook.Tests;

public class SeriesTaskTests
{
    /// <summary>While t is below τ the delayed value is the start, and the equation is linear: x = 10c + (x₀ − 10c) e^(−t/10).</summary>
    [Fact]
    public void Mackey_Glass_follows_its_equation_where_it_can_be_solved()
    {
        const double start = 0.7;
        var c = 0.2 * start / (1 + Math.Pow(start, 10));
        var x = MackeyGlass.Generate(17, 17, start, leaveOut: 0);
        Assert.All(x.Index(), pair => Assert.Equal((10 * c) + ((start - (10 * c)) * Math.Exp(-0.1 * pair.Index)), pair.Item, 1e-9));
    }

    [Fact]
    public void Mackey_Glass_rests_at_1_with_a_short_delay_and_never_with_a_long_one()
    {
        Assert.All(MackeyGlass.Generate(100, delay: 2), x => Assert.Equal(1, x, 1e-6));
        var chaotic = MackeyGlass.Generate(2000);
        Assert.InRange(chaotic.Min(), 0.1, 0.5);
        Assert.InRange(chaotic.Max(), 1.2, 1.5);
    }

    [Fact]
    public void Half_the_step_makes_a_sixteenth_of_the_error()
    {
        var (coarse, middle, fine) = (Steps(5), Steps(10), Steps(20));
        Assert.InRange((coarse - middle) / (middle - fine), 10, 26);
        var (a, b, c) = (Lorenz.Advance((1, 1, 1), 20, 0.02).X, Lorenz.Advance((1, 1, 1), 40, 0.01).X, Lorenz.Advance((1, 1, 1), 80, 0.005).X);
        Assert.InRange((a - b) / (b - c), 10, 26);

        static double Steps(int substeps) => MackeyGlass.Generate(61, 17, 0.7, leaveOut: 0, substeps)[60];
    }

    [Fact]
    public void Lorenz_rests_where_it_should_and_falls_along_its_axis()
    {
        var rest = Math.Sqrt(72);
        var (x, y, z) = Lorenz.Advance((rest, rest, 27), 100, 0.005);
        Assert.All([x - rest, y - rest, z - 27], difference => Assert.Equal(0, difference, 1e-9));
        Assert.Equal(Math.Exp(-8.0 / 3), Lorenz.Advance((0, 0, 1), 200, 0.005).Z, 1e-9);
    }

    [Fact]
    public void Errors_in_Lorenz_grow_as_its_Lyapunov_exponent_says()
    {
        var p = Lorenz.Advance((1, 1, 1), 4000, 0.005);
        var (near, far) = (Lorenz.Advance(p, 3000, 0.005), Lorenz.Advance((p.X + 1e-9, p.Y, p.Z), 3000, 0.005));
        Assert.InRange(Math.Log(Math.Abs(near.X - far.X) / 1e-9) / 15, 0.5, 1.3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Windows_lie_in_their_part_and_answers_lie_the_horizon_ahead(bool everyStep)
    {
        // A ramp: what is shown tells the time.
        var task = new SeriesTask("ramp", [.. Enumerable.Range(0, 100).Select(t => new double[] { t, -2 * t })], 7, horizon: 4, everyStep, testShare: 0.3);
        Assert.Equal((70, 2), (task.TrainLength, task.InputSize));
        var batch = task.NewBatch(400);
        task.Fill(batch, new RandomSource(1));
        Assert.Equal((0, 69), Check(batch));
        task.FillTest(batch, new RandomSource(1));
        Assert.Equal((70, 99), Check(batch));

        (int First, int Last) Check(Batch batch)
        {
            var (first, last) = (int.MaxValue, 0);
            for (var b = 0; b < batch.Size; b++)
            {
                var start = Time(batch.Inputs[0, b, 0]);
                for (var t = 0; t < 7; t++)
                {
                    Assert.Equal(start + t, Time(batch.Inputs[t, b, 0]));
                    Assert.Equal(-batch.Inputs[t, b, 0], batch.Inputs[t, b, 1], 1e-5);
                    Assert.True(!everyStep || Time(batch.Targets![t, b, 0]) == start + t + 4);
                }

                var answer = Time(everyStep ? batch.Targets![6, b, 0] : batch.Targets![b, 0]);
                Assert.Equal(start + 10, answer);
                (first, last) = (Math.Min(first, start), Math.Max(last, answer));
            }

            return (first, last);
        }

        int Time(float value) => (int)Math.Round((value * task.Scales[0]) + task.Means[0]);
    }

    [Fact]
    public void The_training_part_has_mean_0_and_variance_1_and_baselines_are_measured_on_the_test_part()
    {
        var task = new SeriesTask("ramp", [.. Enumerable.Range(0, 1000).Select(t => new double[] { t })], 5, horizon: 3);
        var train = task.Series().Span[..task.TrainLength].ToArray();
        Assert.Equal((0, 1), (Math.Round(train.Average(), 5), Math.Round(train.Average(x => x * x), 4)));
        Assert.Equal(9 / (task.Scales[0] * task.Scales[0]), task.PersistenceError, 1e-9);
        Assert.Equal(task.Series().Span[(task.TrainLength + 3)..].ToArray().Average(x => (double)x * x), task.Baseline, 1e-9);
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        double[][] series = [[1], [2], [3], [4], [5], [6], [7], [8], [9], [10]];
        Assert.Contains("no part of T + horizon = 9", Assert.Throws<ArgumentException>(() => new SeriesTask("s", series, 8)).Message);
        Assert.Contains("all finite", Assert.Throws<ArgumentException>(() => new SeriesTask("s", [.. series, [double.NaN], [1]], 1)).Message);
        Assert.Contains("all finite", Assert.Throws<ArgumentException>(() => new SeriesTask("s", [.. series, [1, 2], [1]], 1)).Message);
    }
}
