using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;
using RnnBook.Showing;

namespace RnnBook.Notebook;

/// <summary>Charts of the package Plotly.NET, found by name: the engine needs no reference to it.</summary>
internal static class PlotlyNetCharts
{
    private const string ChartName = "Plotly.NET.GenericChart";

    private static readonly ConcurrentDictionary<Type, MethodInfo?> Writers = new();

    /// <summary>The forms of a chart; null for any other value.</summary>
    public static JsonObject? TryFormat(object value) =>
        Writers.GetOrAdd(value.GetType(), FindWriter) is { } toJson
            ? Bundle(GuestChart.Read((string)ConventionFormatter.Call(toJson, null, value)!))
            : null;

    /// <summary>The forms of a chart that was made into html; null for any other html.</summary>
    public static JsonObject? TryFormatHtml(string html) => GuestChart.ReadHtml(html) is { } chart ? Bundle(chart) : null;

    private static MethodInfo? FindWriter(Type type)
    {
        for (var owner = type; owner is not null; owner = owner.BaseType)
        {
            if (owner.FullName == ChartName)
            {
                return owner.GetMethod("toJson", BindingFlags.Public | BindingFlags.Static, [owner]);
            }
        }

        return null;
    }

    private static JsonObject Bundle(GuestChart chart) => new()
    {
        ["text/html"] = PlotlyHtml.Fragment(chart.Figure, chart.AlternativeText),
        ["application/vnd.plotly.v1+json"] = chart.Figure.DeepClone(),
        ["text/plain"] = chart.AlternativeText,
    };
}
