using System.Text.Json;
using RnnBook.Figures;

namespace RnnBook.Tests;

public class FigureJsonTests
{
    [Fact]
    public void A_line_becomes_a_scatter_trace_on_named_axes()
    {
        var json = new Figure("Loss") { X = "update", Y = "error" }.Line(new[] { 1, 2, 4 }, new[] { 0.5f, 0.25f, 0.125f }, "IRNN").Json();
        Assert.Equal("scatter", json.Text("data.0.type"));
        Assert.Equal("IRNN", json.Text("data.0.name"));
        Assert.Equal([1, 2, 4], json.Numbers("data.0.x"));
        Assert.Equal([0.5, 0.25, 0.125], json.Numbers("data.0.y"));
        Assert.Equal("update", json.Text("layout.xaxis.title.text"));
        Assert.Equal("error", json.Text("layout.yaxis.title.text"));
        Assert.Equal("<b>Loss</b>", json.Text("layout.title.text"));
        Assert.False(json.At("layout.showlegend").GetBoolean());
    }

    [Fact]
    public void Values_that_are_not_finite_are_gaps()
    {
        var json = new Figure().Line(new[] { 1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 5 }).Json();
        Assert.Equal([1, double.NaN, double.NaN, double.NaN, 5], json.Numbers("data.0.y"));
    }

    [Fact]
    public void Numbers_keep_seven_significant_digits()
    {
        var json = new Figure().Line(new[] { Math.PI * 1e-30, -123456789.0, 0.1f }).Json();
        Assert.Equal([3.141593e-30, -123456800, 0.1], json.Numbers("data.0.y"));
    }

    /// <summary>Plotly cannot redraw a figure in place from which "range" is null.</summary>
    [Fact]
    public void A_single_point_names_no_range() =>
        Assert.False(new Figure().Line(new[] { 0.0 }, new[] { 1.0 }, "a").Json().At("layout.xaxis").TryGetProperty("range", out _));

    [Fact]
    public void Different_lengths_are_refused_with_both_lengths()
    {
        var thrown = Assert.Throws<ArgumentException>(() => new Figure().Line(new[] { 1, 2 }, new[] { 1, 2, 3 }, "a"));
        Assert.Equal("Line 'a': 2 positions but 3 values.", thrown.Message);
    }

    [Fact]
    public void Series_of_one_name_share_colour_and_legend_entry_over_all_panels()
    {
        var json = Figure.Grid(2, new Figure("a").Line(new[] { 1, 2 }, "train").Line(new[] { 1, 2 }, "test"), new Figure("b").Line(new[] { 3, 4 }, "test")).Json();
        Assert.Equal([true, true, false], json.At("data").EnumerateArray().Select(t => t.At("showlegend").GetBoolean()));
        Assert.NotEqual(json.Text("data.0.line.color"), json.Text("data.1.line.color"));
        Assert.Equal(json.Text("data.1.line.color"), json.Text("data.2.line.color"));
        Assert.Equal(("x2", "y2"), (json.Text("data.2.xaxis"), json.Text("data.2.yaxis")));
    }

    [Fact]
    public void A_given_order_keeps_the_colours_of_contestants_that_are_missing()
    {
        string[] order = ["short", "middle", "long"];
        var all = new Figure { SeriesOrder = order }.Line(new[] { 1 }, "middle").Line(new[] { 1 }, "short").Json();
        var one = new Figure { SeriesOrder = order }.Line(new[] { 1 }, "middle").Json();
        Assert.Equal(Palette.Colors[1], one.Text("data.0.line.color"));
        Assert.Equal(Palette.Colors[1], all.Text("data.0.line.color"));
        Assert.Equal(Palette.Colors[0], all.Text("data.1.line.color"));
    }

    [Theory]
    [InlineData("LSTM", "tanh", "LSTM")]
    [InlineData("LSTM", "LSTM, chrono", "LSTM, usual")]
    [InlineData("IRNN", "LSTM", "IRNN, permuted", "IRNN, rows")]
    [InlineData("sigmoid", "yours", "sigmoid")]
    [InlineData("LSTM", "IRNN", "0.9·I", "np-RNN", "ReLU, orthogonal", "tanh, orthogonal", "LSTM", "GRU")]
    public void Who_comes_back_in_many_figures_has_the_same_colour_in_all_of_them(string name, params string[] names)
    {
        var alone = new Figure().Line(new[] { 1, 2 }, name).Json().Text("data.0.line.color");
        var figure = new Figure();
        foreach (var other in names)
        {
            figure.Line(new[] { 1, 2 }, other);
        }

        var colors = Enumerable.Range(0, names.Length).Select(i => figure.Json().Text($"data.{i}.line.color")).ToList();
        Assert.Equal(alone, colors[Array.FindIndex(names, n => n.StartsWith(name, StringComparison.Ordinal))]);
        Assert.Equal(names.Length, colors.Distinct().Count());
    }

    [Fact]
    public void Lines_differ_by_dash_and_marker_too()
    {
        var figure = new Figure();
        for (var i = 0; i < 12; i++)
        {
            figure.Line(new[] { 1, 2 }, $"series {i}");
        }

        var looks = figure.Json().At("data").EnumerateArray().Select(t => (t.Text("line.color"), t.Text("line.dash"), t.Text("marker.symbol"))).ToList();
        Assert.Equal(12, looks.Distinct().Count());
        Assert.Equal(5, looks.Take(5).Select(l => l.Item2).Distinct().Count());
        Assert.Equal(8, looks.Take(8).Select(l => l.Item3).Distinct().Count());
    }

    [Fact]
    public void Error_bars_of_runs_reach_from_lowest_to_highest()
    {
        var json = new Figure().Bars(["a", "b"], [[3, 1, 2], [5.0, 7]], "x").Json();
        Assert.Equal([2, 6], json.Numbers("data.0.y"));
        Assert.Equal([1, 1], json.Numbers("data.0.error_y.array"));
        Assert.Equal([1, 1], json.Numbers("data.0.error_y.arrayminus"));
    }

    [Fact]
    public void Histograms_of_a_figure_share_bins_and_lose_no_value()
    {
        var json = new Figure().Histogram(new[] { 0, 0.1, 0.9, 1 }, "a", bins: 4).Histogram(new[] { 2.0, double.NaN }, "b", bins: 4).Json();
        Assert.Equal([0.25, 0.75, 1.25, 1.75], json.Numbers("data.0.x"));
        Assert.Equal([2, 1, 1, 0], json.Numbers("data.0.y"));
        Assert.Equal([0, 0, 0, 1], json.Numbers("data.1.y"));
        Assert.Equal(0.5, json.At("data.0.width").GetDouble());
    }

    [Fact]
    public void A_matrix_is_drawn_with_row_0_on_top_and_colours_centred_on_zero()
    {
        var json = new Figure().Heatmap(new double[,] { { 1, -4 }, { 2, double.NaN } }).Json();
        Assert.Equal([1, -4], json.Numbers("data.0.z.0"));
        Assert.Equal([2, double.NaN], json.Numbers("data.0.z.1"));
        Assert.Equal("reversed", json.Text("layout.yaxis.autorange"));
        Assert.Equal((-4, 4), (json.At("data.0.zmin").GetDouble(), json.At("data.0.zmax").GetDouble()));
        Assert.Equal("#F4F4F4", json.Text("data.0.colorscale.2.1"));
    }

    [Fact]
    public void Panels_to_be_compared_may_share_a_range_of_colors()
    {
        var json = Figure.Grid(2, Panel(0.1), Panel(0.9)).Json();
        Assert.All([0, 1], i => Assert.Equal((-2, 0), (json.At($"data.{i}.zmin").GetDouble(), json.At($"data.{i}.zmax").GetDouble())));

        static Figure Panel(double low) => new Figure { ZRange = (0.01, 1) }.Heatmap(new[,] { { low, 1 } }, logColor: true);
    }

    [Fact]
    public void Rows_with_positions_are_drawn_upwards()
    {
        var json = new Figure().Heatmap(new double[,] { { 1 }, { 2 } }, x: [10], y: [5, 6]).Json();
        Assert.Equal([5, 6], json.Numbers("data.0.y"));
        Assert.False(json.At("layout.yaxis").TryGetProperty("autorange", out _));
        Assert.Throws<ArgumentException>(() => new Figure().Heatmap(new double[2, 3], y: [1, 2, 3]));
    }

    [Fact]
    public void A_grid_gives_each_panel_its_place_and_axes()
    {
        var json = Figure.Grid("all", 2, [.. Enumerable.Range(0, 3).Select(i => new Figure($"p{i}") { X = $"x of {i}" }.Line(new[] { i }))]).Json();
        var (left, right) = (json.Numbers("layout.xaxis.domain"), json.Numbers("layout.xaxis2.domain"));
        Assert.True(left[1] < right[0]);
        Assert.Equal(left, json.Numbers("layout.xaxis3.domain"));
        Assert.True(json.Numbers("layout.yaxis3.domain")[1] < json.Numbers("layout.yaxis.domain")[0]);
        Assert.Equal("x of 2", json.Text("layout.xaxis3.title.text"));
        Assert.Equal(["<b>p0</b>", "<b>p1</b>", "<b>p2</b>"], json.At("layout.annotations").EnumerateArray().Select(a => a.Text("text")));
        Assert.Throws<ArgumentException>(() => Figure.Grid(1));
    }

    [Fact]
    public void Only_the_template_holds_the_colours_of_text_and_grid()
    {
        var layout = new Figure("t") { X = "x" }.Line(new[] { 1, 2 }).HorizontalLine(1, "one").Note(0, 1, "here").Json().At("layout");
        Assert.NotEmpty(layout.Text("template.layout.font.color"));
        Assert.Equal("rgba(0,0,0,0)", layout.Text("template.layout.paper_bgcolor"));
        Assert.False(layout.TryGetProperty("font", out _));
        Assert.False(layout.At("shapes.0.line").TryGetProperty("color", out _));
        Assert.False(layout.At("annotations.0").TryGetProperty("font", out _));
    }

    [Fact]
    public void A_surface_has_a_scene_with_named_axes()
    {
        var json = new Figure { X = "a", Y = "b", Z = "loss" }.Surface(new double[,] { { 1, 2 }, { 3, 4 } }).Json();
        Assert.Equal(("surface", "scene"), (json.Text("data.0.type"), json.Text("data.0.scene")));
        Assert.Equal("loss", json.Text("layout.scene.zaxis.title.text"));
    }

    [Fact]
    public void Grids_and_sliders_take_no_series_of_their_own()
    {
        Assert.Throws<InvalidOperationException>(() => Figure.Grid(1, new Figure()).Line(new[] { 1 }));
        Assert.Throws<InvalidOperationException>(() => Figure.Slider("a", [1], _ => new Figure()).HorizontalLine(1));
    }

    [Fact]
    public void The_figure_keeps_its_data_when_the_caller_changes_the_array()
    {
        double[] values = [1, 2];
        var figure = new Figure().Line(values);
        values[0] = 9;
        Assert.Equal([1, 2], figure.Json().Numbers("data.0.y"));
    }

    [Fact]
    public void Tensors_and_matrices_are_drawn_as_they_are()
    {
        var tensor = new Tensor(2, 2);
        float[] values = [1, 2, 3, 4];
        values.CopyTo(tensor.Span);
        var json = new Figure().Heatmap(tensor).Line(tensor).Json();
        Assert.Equal([3, 4], json.Numbers("data.0.z.1"));
        Assert.Equal([1, 2, 3, 4], json.Numbers("data.1.y"));
        Assert.Equal(json.At("data.0").ToString(), new Figure().Heatmap(tensor.ToMatrix()).Json().At("data.0").ToString());
        Assert.Throws<ArgumentException>(() => new Figure().Heatmap(new Tensor(3)));
    }

    /// <summary>A notebook names only this assembly; hosts then find what its metadata refers to, and nothing else beside it.</summary>
    [Fact]
    public void One_reference_brings_the_library_and_its_matrices() =>
        Assert.Superset(new HashSet<string?> { "RnnBook", "MathNet.Numerics" }, typeof(Figure).Assembly.GetReferencedAssemblies().Select(a => a.Name).ToHashSet());

    [Fact]
    public void An_empty_figure_can_be_drawn() => Assert.Equal(JsonValueKind.Array, new Figure("nothing yet").Json().At("data").ValueKind);
}
