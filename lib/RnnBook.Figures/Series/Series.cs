using System.Text.Json.Nodes;

namespace RnnBook.Figures;

/// <summary>One named set of values in a figure: knows its ranges, its words, and its plotly traces. Never changes.</summary>
internal abstract class Series(string name)
{
    /// <summary>Name in the legend; empty for a series that needs none.</summary>
    public string Name { get; } = name;

    /// <summary>Whether colour and legend entry follow from the name (a heatmap has a colour scale instead).</summary>
    public virtual bool HasLegend => true;

    /// <summary>Whether the series reads along x, so that the reader wants all series at the pointer's x.</summary>
    public virtual bool ReadsAlongX => false;

    public abstract Extent XExtent(bool log);

    public abstract Extent YExtent(bool log);

    /// <summary>Adds the plotly traces.</summary>
    public abstract void Write(PanelTraces traces);

    /// <summary>One sentence for the alternative text, after the name.</summary>
    public abstract string Describe(Figure figure);

    /// <summary>What the figure must say about values that it cannot show; null when it shows all.</summary>
    public virtual string? Omission(Figure figure) => null;

    protected static void RequireSameLength(int x, int y, string what)
    {
        if (x != y)
        {
            throw new ArgumentException($"{what}: {x} positions but {y} values.");
        }
    }

    /// <summary>NaN where a logarithmic axis has no place for the value.</summary>
    protected static double[] Drawable(double[] values, bool log) =>
        log ? Array.ConvertAll(values, v => v > 0 ? v : double.NaN) : values;

    protected static string? NotPositive(string name, double[] values)
    {
        var zeros = values.Count(v => v == 0);
        var negative = values.Count(v => v < 0);
        if (zeros + negative == 0)
        {
            return null;
        }

        var what = negative == 0 ? "zero" : zeros == 0 ? "negative" : "zero or negative";
        var who = name.Length > 0 ? name + ": " : "";
        return $"{who}{zeros + negative} of {values.Length} values are {what}, which a log axis cannot show";
    }

    protected static JsonArray Numbers(double[] values) => JsonNumbers.Array(values);
}
