using System.Text.Json;
using System.Text.Json.Nodes;
using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;

namespace RnnBook.Interactive;

/// <summary>
/// Makes Plotly.NET's objects of plotly.js data. Its verbs look for an object of the right class (an axis must be a LinearAxis), and put a
/// new one in the place of any other; what no verb looks for needs no class.
/// </summary>
internal static class ChartObjects
{
    private static readonly HashSet<string> ThreeDimensional = ["surface", "scatter3d", "mesh3d"];

    /// <summary>A trace of the class that verbs expect.</summary>
    public static Trace Trace(JsonObject json)
    {
        var type = (string)json["type"]!;
        Trace trace = ThreeDimensional.Contains(type) ? new Trace3D(type) : new Trace2D(type);
        Fill(trace, json);
        return trace;
    }

    /// <summary>Copies all properties.</summary>
    public static void Fill(DynamicObj.DynamicObj target, JsonObject json)
    {
        foreach (var (name, value) in json)
        {
            target.SetProperty(name, Value(name, value));
        }
    }

    private static object? Value(string name, JsonNode? value)
    {
        switch (value)
        {
            case null:
                return null;
            case JsonObject json:
                var made = New(name);
                Fill(made, json);
                return made;
            case JsonArray items:
                return List(name, [.. items.Select(item => Value(name, item))]);
            default:
                return value.GetValueKind() switch
                {
                    JsonValueKind.String => (string)value!,
                    JsonValueKind.True or JsonValueKind.False => (bool)value,
                    _ => (double)value,
                };
        }
    }

    private static DynamicObj.DynamicObj New(string name) => name switch
    {
        "annotations" => new Annotation(),
        "font" or "titlefont" or "tickfont" => new Font(),
        "legend" => new Legend(),
        "line" => new Line(),
        "margin" => new Margin(),
        "marker" => new Marker(),
        "scene" => new Scene(),
        "shapes" => new Shape(),
        "sliders" => new Slider(),
        "steps" => new SliderStep(),
        "template" => new Template(),
        "title" => new Title(),
        _ when name.StartsWith("xaxis", StringComparison.Ordinal) || name.StartsWith("yaxis", StringComparison.Ordinal)
            || name.StartsWith("zaxis", StringComparison.Ordinal) => new LinearAxis(),
        _ => new DynamicObj.DynamicObj(),
    };

    private static object List(string name, object?[] items) => name switch
    {
        "annotations" => items.Cast<Annotation>().ToList(),
        "shapes" => items.Cast<Shape>().ToList(),
        "sliders" => items.Cast<Slider>().ToList(),
        "steps" => items.Cast<SliderStep>().ToList(),
        _ => items,
    };
}
