using RnnBook.Figures;

namespace RnnBook.Tests;

public class BandTests
{
    [Fact]
    public void A_band_is_an_outline_and_a_median_of_one_colour_and_legend_entry()
    {
        var json = new Figure().Band(new[] { 0, 1 }, [[1, 5], [2, 4], [9.0, 6]], "IRNN").Json();
        Assert.Equal([0, 1, 1, 0, double.NaN], json.Numbers("data.0.x"));
        Assert.Equal([9, 6, 4, 1, double.NaN], json.Numbers("data.0.y"));
        Assert.Equal("toself", json.Text("data.0.fill"));
        Assert.Equal([2, 5], json.Numbers("data.1.y"));
        Assert.Equal((json.Text("data.0.legendgroup"), false, true), (json.Text("data.1.legendgroup"), json.At("data.0.showlegend").GetBoolean(), json.At("data.1.showlegend").GetBoolean()));
        Assert.Equal("#1F78C8", json.Text("data.1.line.color"));
        Assert.Equal("rgba(31,120,200,0.2)", json.Text("data.0.fillcolor"));
    }

    [Fact]
    public void Survivors_alone_make_no_line_and_the_figure_says_so()
    {
        var figure = new Figure("t").Band(new[] { 0, 1, 2 }, [[1, 2, 3], [1, 2], [1, double.NaN, double.NaN]], "ReLU");
        var json = figure.Json();
        Assert.Equal([1, 2, double.NaN], json.Numbers("data.1.y"));
        Assert.Contains("ReLU: 2 of 3 runs end early", json.Text("layout.title.text"));
        Assert.Contains("ReLU: 2 of 3 runs end early", figure.AlternativeText);
    }

    [Fact]
    public void A_gap_cuts_the_outline_in_two()
    {
        var json = new Figure().Band(new[] { 0, 1, 2 }, [[1, double.NaN, 3], [2.0, double.NaN, 4]], "a").Json();
        Assert.Equal([0, 0, double.NaN, 2, 2, double.NaN], json.Numbers("data.0.x"));
        Assert.Equal([2, 1, double.NaN, 4, 3, double.NaN], json.Numbers("data.0.y"));
    }

    [Fact]
    public void Runs_longer_than_the_positions_or_no_run_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Figure().Band(new[] { 0 }, [[1.0, 2]], "a"));
        Assert.Throws<ArgumentException>(() => new Figure().Band(new[] { 0 }, (double[][])[], "a"));
    }

    [Fact]
    public void Runs_with_positions_of_their_own_are_read_off_between_their_points_only()
    {
        // y = 2x sampled at different places: the median must be 2x wherever two of three runs have a value.
        double[][] positions = [[0, 1, 4], [0, 3, 4], [0, 2]];
        var json = new Figure().Band(positions, positions.Select(p => p.Select(x => 2 * x).ToArray()), "a").Json();
        var (x, y) = (json.Numbers("data.1.x"), json.Numbers("data.1.y"));
        Assert.Equal((0, 4), (x[0], x[^1]));
        Assert.All(x.Zip(y), p => Assert.Equal(2 * p.First, p.Second, 1e-5));

        double[][] alone = [[0, 1], [0, 4], [0, 1]];
        y = new Figure().Band(alone, alone, "a").Json().Numbers("data.1.y");
        Assert.True(double.IsNaN(y[^1]));
    }
}
