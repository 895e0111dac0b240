using RnnBook.Figures;

namespace RnnBook.Tests;

public class AlternativeTextTests
{
    [Fact]
    public void Without_the_authors_words_title_axes_series_and_ranges_are_told()
    {
        var figure = new Figure("Test error") { Subtitle = "Lower is better", X = "updates", Y = "error", LogY = true }
            .Line(new[] { 0, 100 }, new[] { 0.17, 0.0002 }, "IRNN").HorizontalLine(1.0 / 6, "baseline");
        Assert.Equal(
            "Test error. Lower is better. Line chart: error (log) against updates from 0 to 100. "
            + "IRNN: from 0.17 to 2×10⁻⁴, lowest 2×10⁻⁴, highest 0.17. Line at y = 0.167: baseline.",
            figure.AlternativeText);
    }

    [Fact]
    public void The_authors_words_replace_them() =>
        Assert.Equal("Error. It falls.", new Figure("Error") { Alt = "It falls." }.Line(new[] { 1, 2 }).AlternativeText);

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Every_kind_of_figure_has_some(string word, Func<Figure> figure)
    {
        Assert.Contains(word, figure().AlternativeText);
        Assert.Equal(figure().AlternativeText, figure().Json().Text("layout.meta.alt"));
    }

    public static TheoryData<string, Func<Figure>> AllKinds() => new()
    {
        { "2 points, x from 1 to 2", () => new Figure().Scatter(new[] { 1, 2 }, new[] { 3, 4 }) },
        { "a 1, b 2", () => new Figure().Bars(["a", "b"], new[] { 1, 2 }) },
        { "2 values from 1 to 2, median 1.5", () => new Figure().Histogram(new[] { 1.0, 2 }) },
        { "1 rows by 2 columns, values from −1 to 5", () => new Figure().Heatmap(new double[,] { { -1, 5 } }) },
        { "heights all 3", () => new Figure().Surface(new double[,] { { 3, 3 } }) },
        { "Panel 2: b.", () => Figure.Grid(2, new Figure("a"), new Figure("b")) },
        { "median of 2 runs", () => new Figure().Band(new[] { 0 }, [[1.0], [2]]) },
        { "Line chart against x from 0 to 1. always 2.", () => new Figure().Line(new[] { 2, 2 }) },
        { "no finite value", () => new Figure().Line(new[] { double.NaN }) },
        { "Empty chart", () => new Figure() },
    };

    [Theory]
    [InlineData(0.000123456, "1.23×10⁻⁴")]
    [InlineData(-0.0123456, "−0.0123")]
    [InlineData(12.3456, "12.3")]
    [InlineData(1234.6, "1235")]
    [InlineData(1024, "1024")]
    [InlineData(123456789, "1.23×10⁸")]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Numbers_read_well(double value, string expected) => Assert.Equal(expected, Text.Number(value));
}
