using System.Text.Json.Nodes;

namespace RnnBook.Figures;

/// <summary>Colours of heatmaps and surfaces: one that is safe for colour-blind readers; two-sided where values have both signs.</summary>
internal static class ColorScale
{
    /// <param name="trace">Gets colours and their range.</param>
    /// <param name="axis">Plotly's prefix: z for a heatmap, c for a surface.</param>
    /// <param name="values">Range of the values.</param>
    /// <param name="log">Whether colours stand for powers of ten.</param>
    public static void Apply(JsonObject trace, string axis, Extent values, bool log)
    {
        if (values.IsEmpty)
        {
            return;
        }

        var (low, high) = log ? (Math.Log10(values.Low), Math.Log10(values.High)) : (values.Low, values.High);
        var twoSided = axis == "z" && low < 0 && high > 0 && !log;
        if (twoSided)
        {
            high = Math.Max(-low, high);
            low = -high;
        }

        trace["colorscale"] = twoSided ? TwoSided() : "Viridis";
        trace[axis + "min"] = JsonNumbers.Number(low);
        trace[axis + "max"] = JsonNumbers.Number(high);
        if (log)
        {
            var colorBar = trace["colorbar"]!.AsObject();
            var step = Math.Max(1, Math.Ceiling((high - low) / 6));
            colorBar["tickprefix"] = "10<sup>";
            colorBar["ticksuffix"] = "</sup>";
            colorBar["dtick"] = step;
        }
    }

    /// <summary>Blue below zero, orange above: apart for every kind of colour vision.</summary>
    private static JsonArray TwoSided() =>
        new(Stop(0, "#08457E"), Stop(0.25, "#4A98C9"), Stop(0.5, "#F4F4F4"), Stop(0.75, "#E8905A"), Stop(1, "#A83E00"));

    private static JsonArray Stop(double at, string color) => new(at, color);
}
