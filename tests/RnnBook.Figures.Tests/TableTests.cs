using System.Xml.Linq;
using RnnBook.Figures;

namespace RnnBook.Tests;

public class TableTests
{
    private sealed record Result(string Name, double TestError, int Updates);

    [Fact]
    public void Records_become_rows_and_properties_columns_in_words()
    {
        var table = Table.Of([new Result("IRNN", 0.00123, 2000), new Result("a < b", 0.1667, 12000)], "After training");
        var html = XElement.Parse(table.ToHtml());
        Assert.Equal("After training", html.Element("caption")!.Value);
        Assert.Equal(["Name", "Test error", "Updates"], html.Descendants("th").Select(e => e.Value));
        Assert.Equal(["IRNN", "0.0012", "2000", "a < b", "0.1667", "12000"], html.Descendants("td").Select(e => e.Value));
        Assert.Contains("text-align:right", html.Descendants("td").ElementAt(1).Attribute("style")!.Value);
        Assert.Contains("text-align:left", html.Descendants("td").First().Attribute("style")!.Value);
    }

    [Fact]
    public void Plain_text_is_aligned()
    {
        var text = new Table("f", "slope").Row("ReLU", 1.5).Row("sigmoid", 0.25).ToString();
        Assert.Equal(["f        slope", "───────  ─────", "ReLU     1.500", "sigmoid  0.250"], text.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData(new[] { 1.0, 1024 }, new[] { "1", "1024" })]
    [InlineData(new[] { 0.5, 12.25 }, new[] { "0.50", "12.25" })]
    [InlineData(new[] { 1e-9, 3.5 }, new[] { "1×10⁻⁹", "3.5" })]
    [InlineData(new[] { 0.5, double.NaN, double.PositiveInfinity }, new[] { "0.5000", "NaN", "∞" })]
    public void Numbers_of_a_column_can_be_compared(double[] values, string[] expected) =>
        Assert.Equal(expected, new Column("c", [.. values.Cast<object>()]).Texts);

    [Fact]
    public void A_column_with_a_word_in_it_is_text() =>
        Assert.Equal((false, "1.5"), (new Column("c", [1.5, "none"]).IsNumeric, new Column("c", [1.5, "none"]).Texts[0]));

    [Fact]
    public void A_row_of_another_length_is_refused() =>
        Assert.Equal("The table has 1 columns but the row has 2 values. (Parameter 'cells')", Assert.Throws<ArgumentException>(() => new Table("a").Row(1, 2)).Message);
}
