using RnnBook.Showing;

namespace RnnBook.Notebook.Tests;

/// <summary>Charts of Plotly.NET as the engine reads them. Whole cells with that package: the tests of RnnBook.Interactive.</summary>
public sealed class GuestChartTests
{
    [Theory]
    [InlineData("[1.5,NaN,-Infinity,Infinity]", "[1.5,null,null,null]")]
    [InlineData("""[1.5,"NaN","-Infinity"]""", "[1.5,null,null]")]
    [InlineData("""["NaN","NaN"]""", "[null,null]")]
    [InlineData("""[[1,"NaN"],["NaN",2]]""", "[[1,null],[null,2]]")]
    [InlineData("""["NaN","a name"]""", """["NaN","a name"]""")]
    [InlineData("""["the \"NaN\" and Infinity"]""", """["the \u0022NaN\u0022 and Infinity"]""")]
    public void What_is_not_finite_is_a_gap_and_words_stay(string written, string read)
    {
        var chart = GuestChart.Read($$"""{"data":[{"y":{{written}},"type":"scatter","name":"NaN"}],"layout":{} }""");

        var trace = chart.Figure["data"]![0]!;
        Assert.Equal(read, trace["y"]!.ToJsonString());
        Assert.Equal("NaN", (string?)trace["name"]);
    }

    [Fact]
    public void A_size_that_its_author_chose_stays_and_the_default_goes()
    {
        Assert.Equal(("600", "300"), Size("""{"width":600,"height":300}"""));
        Assert.Equal((null, "420"), Size("""{"width":600,"height":600}"""));
        Assert.Equal((null, "420"), Size("{}"));
    }

    [Fact]
    public void Words_are_the_authors_or_tell_axes_and_traces()
    {
        Assert.Equal("Mine.", Words("""{"meta":{"alt":"Mine."}}"""));
        Assert.Equal(
            "The title. y against x. loss: line, 3 values from -1 to 2.5. bar, 2 values from 1 to 2.",
            Words("""{"title":{"text":"<b>The title</b>"},"xaxis":{"title":{"text":"x"}},"yaxis":{"title":{"text":"y"}}}"""));
    }

    [Theory]
    [InlineData("<p>Plotly.newPlot('x', data)</p>")]
    [InlineData("<script>var data = 1; Plotly.newPlot('x', data, {}, {});</script>")]
    [InlineData("")]
    public void Other_html_is_no_chart(string html) => Assert.Null(GuestChart.ReadHtml(html));

    private static string Words(string layout) => GuestChart.Read($$"""
        {"layout":{{layout}},"data":[{"type":"scatter","mode":"lines","name":"loss","y":[1,NaN,-1,2.5]},{"type":"bar","y":[1,2]}]}
        """).AlternativeText;

    private static (string? Width, string? Height) Size(string layout)
    {
        var read = GuestChart.Read($$"""{"layout":{{layout}},"data":[]}""").Figure["layout"]!;
        return (read["width"]?.ToJsonString(), read["height"]?.ToJsonString());
    }
}
