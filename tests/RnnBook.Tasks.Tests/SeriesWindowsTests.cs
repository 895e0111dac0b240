namespace RnnBook.Tests;

public class SeriesWindowsTests
{
    private static readonly double[][] Wave = [.. Enumerable.Range(0, 400).Select(t => new[] { Math.Sin(0.3 * t) + (0.5 * Math.Cos(0.11 * t)) })];

    [Fact]
    public void Windows_follow_the_series_and_end_where_their_part_does()
    {
        var task = new SeriesTask("wave", Wave, 6, horizon: 3);
        var (values, train, test) = (task.Series(), SeriesWindows.Of(task, test: false, most: 20), SeriesWindows.Of(task, test: true));
        Assert.Equal((20, 80 - 6 - 3 + 1), (train.Size, test.Size));
        Assert.Equal(values[task.TrainLength - 1, 0], train.Targets![19, 0]);
        Assert.Equal(values[task.TrainLength - 4, 0], train.Inputs[5, 19, 0]);
        Assert.Equal(values[task.TrainLength, 0], test.Inputs[0, 0, 0]);
        Assert.Equal(values[399, 0], test.Targets![test.Size - 1, 0]);
        Assert.Throws<ArgumentException>(() => SeriesWindows.Of(new SeriesTask("wave", Wave, 6, everyStep: true), test: true));
    }

    /// <summary>A sum of two waves obeys a linear recurrence of order 4.</summary>
    [Fact]
    public void Two_waves_are_foretold_by_a_linear_rule_and_a_bent_series_is_not()
    {
        var waves = new SeriesTask("wave", Wave, 6);
        Assert.InRange(LinearForecast.Fit(SeriesWindows.Of(waves, test: false)).Error(SeriesWindows.Of(waves, test: true)), 0, 1e-9);
        var bent = new SeriesTask("logistic map", Logistic(), 3);
        Assert.InRange(LinearForecast.Fit(SeriesWindows.Of(bent, test: false)).Error(SeriesWindows.Of(bent, test: true)), 0.5, 2);
        Assert.Throws<ArgumentException>(() => LinearForecast.Fit(SeriesWindows.Of(waves, test: false, most: 5)));
    }

    private static double[][] Logistic()
    {
        var (series, x) = (new double[500][], 0.3);
        for (var t = 0; t < series.Length; t++, x = 3.9 * x * (1 - x))
        {
            series[t] = [x];
        }

        return series;
    }
}
