using RnnBook.Figures;

namespace RnnBook.Tests;

public class SliderTests
{
    private static Figure Powers(int start = 0) => Figure.Slider(
        "ρ", new[] { 0.5, 1.0, 2.0 }, r => new Figure("‖Wⁿ‖") { X = "n", LogY = true }.Line(FigureJson.Steps(5), n => Math.Pow(r, n), "norm"), start);

    [Fact]
    public void Every_step_names_its_frame_and_the_frames_hold_the_data()
    {
        var json = Powers(start: 1).Json();
        string[] labels = ["0.5", "1", "2"];
        Assert.Equal(labels, json.At("frames").EnumerateArray().Select(f => f.Text("name")));
        Assert.Equal(labels, json.At("layout.sliders.0.steps").EnumerateArray().Select(s => s.Text("args.0.0")));
        Assert.Equal([1, 2, 4, 8, 16], json.Numbers("frames.2.data.0.y"));
        Assert.Equal([1, 1, 1, 1, 1], json.Numbers("data.0.y"));
        Assert.Equal(1, json.At("layout.sliders.0.active").GetInt32());
        Assert.Equal("ρ = ", json.Text("layout.sliders.0.currentvalue.prefix"));
    }

    [Fact]
    public void Axes_keep_one_range_over_all_frames()
    {
        var range = Powers().Json().Numbers("layout.yaxis.range");
        Assert.InRange(range[0], -2, Math.Log10(1.0 / 16));
        Assert.InRange(range[1], Math.Log10(16), 2);
    }

    [Fact]
    public void Colours_mean_the_same_in_all_frames()
    {
        var json = Figure.Slider("n", [1, 5], n => new Figure().Heatmap(new double[,] { { 1, 2 * n } })).Json();
        Assert.All([json, json.At("frames.0"), json.At("frames.1")], f => Assert.Equal((1, 10), (f.At("data.0.zmin").GetDouble(), f.At("data.0.zmax").GetDouble())));
    }

    [Fact]
    public void Frames_with_other_series_are_refused_by_name()
    {
        var slider = Figure.Slider("n", [1, 2], n => new Figure().Line(new[] { 1 }, $"run {n}"));
        var thrown = Assert.Throws<ArgumentException>(slider.ToJson);
        Assert.Contains("n = 2 has scatter 'run 2'", thrown.Message);
    }

    [Fact]
    public void No_value_or_a_start_outside_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Figure.Slider("n", (int[])[], _ => new Figure()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Figure.Slider("n", [1], _ => new Figure(), start: 1));
    }

    [Fact]
    public void The_words_tell_the_range_of_the_slider_and_the_frame_shown() =>
        Assert.StartsWith("A slider moves ρ from 0.5 to 2 (3 steps). At ρ = 1: ‖Wⁿ‖.", Powers(start: 1).AlternativeText);
}
