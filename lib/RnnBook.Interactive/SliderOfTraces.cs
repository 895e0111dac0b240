using System.Text.Json.Nodes;

namespace RnnBook.Interactive;

/// <summary>
/// Rewrites a plotly.js figure with frames as one without: all frames' traces, of which each step of the slider shows some.
/// </summary>
internal static class SliderOfTraces
{
    public static void Replace(JsonObject figure)
    {
        if (figure["frames"] is not JsonArray frames)
        {
            return;
        }

        var slider = figure["layout"]!["sliders"]![0]!;
        var shown = (int)slider["active"]!;
        var count = frames[0]!["data"]!.AsArray().Count;
        var traces = new JsonArray();
        foreach (var (index, frame) in frames.Index())
        {
            foreach (var trace in frame!["data"]!.AsArray())
            {
                var copy = trace!.DeepClone().AsObject();
                copy["visible"] = index == shown;
                traces.Add(copy);
            }

            var step = slider["steps"]![index]!.AsObject();
            step["method"] = "update";
            step["args"] = new JsonArray(
                new JsonObject { ["visible"] = Shown(frames.Count * count, from: index * count, count) },
                frame["layout"]!.DeepClone());
        }

        figure["data"] = traces;
        figure.Remove("frames");
    }

    /// <summary>A truth value for each of all traces: whether it is among the few that a step shows.</summary>
    private static JsonArray Shown(int all, int from, int count) =>
        new([.. Enumerable.Range(0, all).Select(trace => (JsonNode)(trace >= from && trace < from + count))]);
}
