using System.Text.Json.Nodes;

namespace RnnBook.Figures;

/// <summary>Turns drawn figures into the frames of a plotly slider.</summary>
internal static class SliderWriter
{
    private const int Room = 70;

    public static JsonObject Write(Figure figure, SliderFrames slider, Func<Figure, JsonObject> draw)
    {
        FixRanges(slider);
        foreach (var (_, frame) in slider.Frames.Where(_ => figure.Title.Length > 0))
        {
            frame.Title = figure.Title;
        }

        var drawn = slider.Frames.Select(f => draw(f.Figure)).ToList();
        RequireSameSeries(slider, drawn);
        FixColors(drawn);

        var shown = drawn[slider.Start].DeepClone().AsObject();
        var layout = shown["layout"]!.AsObject();
        layout["meta"] = new JsonObject { ["alt"] = figure.AlternativeText };
        layout["sliders"] = new JsonArray(Slider(slider));
        var heights = drawn.Max(d => (int)d["layout"]!["height"]!);
        layout["height"] = heights + Room;
        var margin = layout["margin"]!.AsObject();
        margin["b"] = (int)margin["b"]! + Room;
        shown["frames"] = new JsonArray([.. drawn.Select((d, i) => (JsonNode)Frame(slider.Frames[i].Label, d))]);
        return shown;
    }

    private static JsonObject Frame(string name, JsonObject drawn)
    {
        var layout = drawn["layout"]!;
        return new JsonObject
        {
            ["name"] = name,
            ["data"] = drawn["data"]!.DeepClone(),
            ["layout"] = new JsonObject
            {
                ["title"] = layout["title"]?.DeepClone(),
                ["shapes"] = layout["shapes"]!.DeepClone(),
                ["annotations"] = layout["annotations"]!.DeepClone(),
            },
        };
    }

    private static JsonObject Slider(SliderFrames slider) => new()
    {
        ["active"] = slider.Start,
        ["currentvalue"] = new JsonObject { ["prefix"] = $"{Text.ForPlotly(slider.Label)} = " },
        ["pad"] = new JsonObject { ["t"] = 50 },
        ["steps"] = new JsonArray([.. slider.Frames.Select(f => (JsonNode)Step(f.Label))]),
    };

    private static JsonObject Step(string name) => new()
    {
        ["label"] = name,
        ["method"] = "animate",
        ["args"] = new JsonArray(
            new JsonArray(name),
            new JsonObject
            {
                ["mode"] = "immediate",
                ["frame"] = new JsonObject { ["duration"] = 0, ["redraw"] = true },
                ["transition"] = new JsonObject { ["duration"] = 0 },
            }),
    };

    /// <summary>One range a panel over all frames, where the author gave none.</summary>
    private static void FixRanges(SliderFrames slider)
    {
        var frames = slider.Frames.Select(f => f.Figure.Panels.Count > 0 ? f.Figure.Panels : [f.Figure]).ToList();
        for (var p = 0; p < frames.Min(panels => panels.Count); p++)
        {
            var index = p;
            var panels = frames.ConvertAll(f => f[index]);
            var x = panels.Aggregate(Extent.Empty, (e, f) => f.Series.Aggregate(e, (e, s) => e.Union(s.XExtent(f.LogX))));
            var y = panels.Aggregate(Extent.Empty, (e, f) => f.Series.Aggregate(e, (e, s) => e.Union(s.YExtent(f.LogY))));
            foreach (var panel in panels.Where(f => f.Series.All(s => s is not (HeatmapSeries or SurfaceSeries))))
            {
                panel.XRange ??= x.IsEmpty ? null : (x.Padded(panel.LogX).Low, x.Padded(panel.LogX).High);
                panel.YRange ??= y.IsEmpty ? null : (y.Padded(panel.LogY).Low, y.Padded(panel.LogY).High);
            }
        }
    }

    /// <summary>One range of colours a heatmap or surface over all frames.</summary>
    private static void FixColors(List<JsonObject> drawn)
    {
        foreach (var axis in (string[])["z", "c"])
        {
            for (var t = 0; t < drawn[0]["data"]!.AsArray().Count; t++)
            {
                var traces = drawn.Select(d => d["data"]![t]!.AsObject()).Where(trace => trace[axis + "min"] is not null).ToList();
                if (traces.Count > 0)
                {
                    var low = traces.Min(trace => (double)trace[axis + "min"]!);
                    var high = traces.Max(trace => (double)trace[axis + "max"]!);
                    traces.ForEach(trace => (trace[axis + "min"], trace[axis + "max"]) = (low, high));
                }
            }
        }
    }

    private static void RequireSameSeries(SliderFrames slider, List<JsonObject> drawn)
    {
        static string Series(JsonObject figure) =>
            string.Join(", ", figure["data"]!.AsArray().Select(t => $"{t!["type"]} '{t["name"]}'"));

        var first = Series(drawn[0]);
        for (var i = 1; i < drawn.Count; i++)
        {
            if (Series(drawn[i]) is var other && other != first)
            {
                throw new ArgumentException(
                    $"A slider's frames need the same series: {slider.Label} = {slider.Frames[i].Label} has {other}, the first has {first}.");
            }
        }
    }
}
