using System.Text.Json.Nodes;
using Microsoft.FSharp.Collections;
using Plotly.NET;

namespace RnnBook.Interactive;

/// <summary>Between the book's figures and the charts of Plotly.NET.</summary>
public static class PlotlyNet
{
    /// <summary>
    /// The figure as a chart of Plotly.NET, to go on with its verbs: traces, layout, axes, shapes, annotations. A slider's frames, which
    /// that library does not have, become traces of which the slider shows those of one frame.
    /// </summary>
    /// <example><code>figure.ToChart().WithTitle("…")</code></example>
    public static GenericChart ToChart(this Figures.Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var json = JsonNode.Parse(figure.ToJson())!.AsObject();
        SliderOfTraces.Replace(json);
        var layout = new Layout();
        var config = new Config();
        ChartObjects.Fill(layout, json["layout"]!.AsObject());
        ChartObjects.Fill(config, json["config"]!.AsObject());
        var traces = json["data"]!.AsArray().Select(trace => ChartObjects.Trace(trace!.AsObject())).ToList();
        return traces.Count == 1
            ? GenericChart.NewChart(traces[0], layout, config, Defaults.DefaultDisplayOptions)
            : GenericChart.NewMultiChart(ListModule.OfSeq(traces), layout, config, Defaults.DefaultDisplayOptions);
    }

    /// <summary>
    /// Makes charts work in a cell of .NET Interactive that uses nothing else of the book. Whoever has made a figure before needs no call;
    /// on other hosts it does nothing.
    /// </summary>
    public static void Enable()
    {
        // Whoever calls this has run the module's initializer.
    }
}
