using RnnBook.Figures;

namespace RnnBook.Tests;

public class LogAxisTests
{
    [Fact]
    public void Values_that_are_not_positive_are_gaps_and_the_figure_counts_them()
    {
        var figure = new Figure("Norms") { LogY = true }.Line(new[] { 1, 0, -2, 1e-3, 0 }, "ReLU");
        var json = figure.Json();
        Assert.Equal("log", json.Text("layout.yaxis.type"));
        Assert.Equal([1, double.NaN, double.NaN, 1e-3, double.NaN], json.Numbers("data.0.y"));
        Assert.Contains("ReLU: 3 of 5 values are zero or negative, which a log axis cannot show", json.Text("layout.title.text"));
        Assert.Contains("3 of 5 values", figure.AlternativeText);
    }

    [Fact]
    public void Positive_values_need_no_remark() =>
        Assert.Equal("<b>Norms</b>", new Figure("Norms") { LogY = true }.Line(new[] { 1, 0.1 }).Json().Text("layout.title.text"));

    [Fact]
    public void Many_decades_get_powers_of_ten_only_and_few_get_plotlys_own_ticks()
    {
        var many = new Figure { LogY = true }.Line(new[] { 1e-30, 1 }).Json().At("layout.yaxis");
        Assert.Equal(4, many.At("dtick").GetDouble());
        Assert.Equal("power", many.Text("exponentformat"));
        Assert.False(new Figure { LogY = true }.Line(new[] { 1, 5 }).Json().At("layout.yaxis").TryGetProperty("dtick", out _));
    }

    [Fact]
    public void Ranges_and_notes_are_logarithms_but_reference_lines_are_values()
    {
        var json = new Figure { LogY = true, LogX = true, YRange = (0.01, 1000), XRange = (1, 10) }.Line(new[] { 1 }, new[] { 1 })
            .Note(10, 100, "here").HorizontalLine(0.1, "limit").HorizontalLine(0, "nowhere").Json();
        Assert.Equal([-2, 3], json.Numbers("layout.yaxis.range"));
        Assert.Equal([0, 1], json.Numbers("layout.xaxis.range"));
        Assert.Equal((1, 2), (json.At("layout.annotations.0.x").GetDouble(), json.At("layout.annotations.0.y").GetDouble()));
        Assert.Equal(0.1, json.At("layout.shapes.0.y0").GetDouble());
        Assert.Equal(1, json.At("layout.shapes").GetArrayLength());
    }

    [Fact]
    public void A_range_that_no_log_axis_has_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Figure { LogY = true, YRange = (0, 1) }.Line(new[] { 1 }).ToJson());

    [Fact]
    public void Where_only_the_low_end_of_a_band_is_zero_the_band_reaches_to_the_lowest_positive_value()
    {
        var json = new Figure { LogY = true }.Band(new[] { 0, 1 }, [[0, 0.5], [2, 2], [4.0, 4]], "a").Json();
        Assert.Equal([4, 4, 0.5, 0.5, double.NaN], json.Numbers("data.0.y"));
    }

    [Fact]
    public void Colours_may_stand_for_powers_of_ten()
    {
        var json = new Figure().Heatmap(new double[,] { { 1000, 0.1, 0 } }, logColor: true).Json();
        Assert.Equal([3, -1, double.NaN], json.Numbers("data.0.z.0"));
        Assert.Equal((-1, 3), (json.At("data.0.zmin").GetDouble(), json.At("data.0.zmax").GetDouble()));
        Assert.Contains("1 of 3 values are zero", json.Text("layout.title.text"));
    }
}
