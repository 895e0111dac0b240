using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RnnBook.Notebook;

namespace RnnBook.Interactive.Tests;

/// <summary>Charts of Plotly.NET, the same cells in the real kernel and in the book's own engine.</summary>
public sealed partial class ChartTests
{
    private const string Chart = """
        Chart.Line<double, double, string>(new[] { 1.0, 2, 3 }, new[] { 4.0, double.NaN, 6 }, Name: "a </script> name")
            .WithXAxisStyle<double, double, string>(TitleText: "steps")
        """;

    private const string Slider = """
        Figure.Slider("k", new[] { 1, 2, 3 }, k => new Figure("Frames") { X = "n" }
            .Line(new[] { k, 2.0, 3.0 }, "a").HorizontalLine(k, "mark"), start: 1)
            .ToChart().WithYAxisStyle<double, double, string>(TitleText: "renamed")
        """;

    [Fact]
    public async Task A_chart_is_a_figure_with_words_and_gaps_in_the_books_look()
    {
        foreach (var html in await ShowAsync(Chart))
        {
            Assert.Contains("aria-label=\"Horizontal axis: steps.", html);
            Assert.Equal(1, Count(html, "</script"));
            var figure = Figure(html);
            Assert.Equal("[4,null,6]", Numbers(figure["data"]![0]!["y"]!));
            Assert.Equal("rgba(0,0,0,0)", (string?)figure["layout"]!["template"]!["layout"]!["paper_bgcolor"]);
            Assert.Null(figure["layout"]!["width"]);
            Assert.Equal("steps", (string?)figure["layout"]!["xaxis"]!["title"]!["text"]);
        }
    }

    [Fact]
    public async Task A_figure_becomes_a_chart_with_its_marks_and_its_slider()
    {
        foreach (var html in await ShowAsync(Slider))
        {
            var figure = Figure(html);
            Assert.Equal(["false", "true", "false"], figure["data"]!.AsArray().Select(trace => trace!["visible"]!.ToJsonString()));
            var layout = figure["layout"]!;
            Assert.Contains("Frames", (string?)layout["title"]!["text"]);
            Assert.Equal(("n", "renamed"), ((string?)layout["xaxis"]!["title"]!["text"], (string?)layout["yaxis"]!["title"]!["text"]));
            Assert.Equal(2, (double)Assert.Single(layout["shapes"]!.AsArray())!["y0"]!);
            var steps = layout["sliders"]![0]!["steps"]!.AsArray();
            Assert.Equal(["1", "2", "3"], steps.Select(step => (string?)step!["label"]));
            Assert.Equal("[false,false,true]", steps[2]!["args"]![0]!["visible"]!.ToJsonString());
            Assert.Equal(3, (double)steps[2]!["args"]![1]!["shapes"]![0]!["y0"]!);
        }
    }

    [Fact]
    public async Task A_template_that_its_author_chose_stays()
    {
        var cell = $"""
            Plotly.NET.Defaults.DefaultTemplate = Plotly.NET.ChartTemplates.dark;
            var dark = {Chart};
            Plotly.NET.Defaults.DefaultTemplate = Plotly.NET.ChartTemplates.plotly;
            dark
            """;
        foreach (var html in await ShowAsync(cell))
        {
            Assert.Equal("rgb(55, 55, 61)", (string?)Figure(html)["layout"]!["template"]!["layout"]!["plot_bgcolor"]);
        }
    }

    [Theory]
    [InlineData("Plotly.NET.GenericChart.toChartHTML(chart)")]
    [InlineData("Plotly.NET.Interactive.Formatters.toInteractiveHTML(chart)")]
    public async Task In_the_books_engine_a_chart_made_html_is_a_figure(string html)
    {
        var shown = await ShowInEngineAsync($"var chart = {Chart};\nHTML({html})");

        Assert.Equal("[4,null,6]", Numbers(shown.Data["application/vnd.plotly.v1+json"]!["data"]![0]!["y"]!));
        Assert.StartsWith("Horizontal axis: steps.", (string?)shown.Data["text/plain"]);
    }

    [Fact]
    public async Task In_the_books_engine_nothing_of_the_kernel_is_loaded()
    {
        var shown = await ShowInEngineAsync($"""
            {Slider}.ToString();
            string.Join(' ', AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName().Name)
                .Where(name => name.StartsWith("Microsoft.DotNet.Interactive")))
            """);

        Assert.Equal("", (string?)shown.Data["text/plain"]);
    }

    /// <summary>The html that the cell shows on both.</summary>
    private static async Task<string[]> ShowAsync(string cell)
    {
        using var kernel = new HostedKernel();
        await kernel.RunAsync(HostedKernel.Reference + "PlotlyNet.Enable();");
        return [await kernel.ShowAsync("using Plotly.NET.CSharp;\n" + cell), (string)(await ShowInEngineAsync(cell)).Data["text/html"]!];
    }

    private static async Task<DisplayEvent> ShowInEngineAsync(string cell)
    {
        await using var engine = await CellEngine.StartAsync();
        var shown = new List<DisplayEvent>();
        var result = await engine.ExecuteAsync(
            HostedKernel.Reference + "using Plotly.NET.CSharp;\n" + cell,
            message => { if (message is DisplayEvent display) { shown.Add(display); } });
        Assert.Null(result.Error);
        return Assert.Single(shown);
    }

    private static JsonNode Figure(string html) => JsonNode.Parse(Data().Match(html).Groups["json"].Value)!;

    private static string Numbers(JsonNode list) =>
        $"[{string.Join(',', list.AsArray().Select(item => item is null ? "null" : ((double)item).ToString("G")))}]";

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex(@"\(""rnnbook-figure-[0-9a-f]+"", (?<json>\{.*\}), \{""address""", RegexOptions.Singleline)]
    private static partial Regex Data();
}
