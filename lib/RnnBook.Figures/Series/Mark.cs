using System.Text.Json.Nodes;

namespace RnnBook.Figures;

/// <summary>Something the author points out: a reference line or a note.</summary>
internal abstract record Mark(string Text)
{
    /// <summary>Adds it to the layout's shapes or annotations, on the given axes.</summary>
    public abstract void Write(Figure figure, string xAxis, string yAxis, JsonArray shapes, JsonArray annotations);

    public abstract string Describe();

    protected static JsonObject Line(string text, string position) => new()
    {
        ["type"] = "line",
        ["line"] = new JsonObject { ["width"] = 1.5, ["dash"] = "4px,4px" },
        ["label"] = new JsonObject { ["text"] = RnnBook.Figures.Text.ForPlotly(text), ["textposition"] = position, ["padding"] = 3 },
    };
}

internal sealed record HorizontalMark(double Y, string Text) : Mark(Text)
{
    public override void Write(Figure figure, string xAxis, string yAxis, JsonArray shapes, JsonArray annotations)
    {
        if (!double.IsFinite(Y) || (figure.LogY && Y <= 0))
        {
            return;
        }

        var line = Line(Text, "end");
        (line["xref"], line["x0"], line["x1"]) = ($"{xAxis} domain", 0, 1);
        (line["yref"], line["y0"], line["y1"]) = (yAxis, Y, Y);
        line["label"]!["yanchor"] = "bottom";
        shapes.Add(line);
    }

    public override string Describe() => $"Line at y = {RnnBook.Figures.Text.Number(Y)}{(Text.Length > 0 ? $": {Text}" : "")}";
}

internal sealed record VerticalMark(double X, string Text) : Mark(Text)
{
    public override void Write(Figure figure, string xAxis, string yAxis, JsonArray shapes, JsonArray annotations)
    {
        if (!double.IsFinite(X) || (figure.LogX && X <= 0))
        {
            return;
        }

        var line = Line(Text, "end");
        (line["xref"], line["x0"], line["x1"]) = (xAxis, X, X);
        (line["yref"], line["y0"], line["y1"]) = ($"{yAxis} domain", 0, 1);
        line["label"]!["textangle"] = 0;
        line["label"]!["xanchor"] = "left";
        line["label"]!["yanchor"] = "top";
        shapes.Add(line);
    }

    public override string Describe() => $"Line at x = {RnnBook.Figures.Text.Number(X)}{(Text.Length > 0 ? $": {Text}" : "")}";
}

internal sealed record NoteMark(double X, double Y, string Text) : Mark(Text)
{
    public override void Write(Figure figure, string xAxis, string yAxis, JsonArray shapes, JsonArray annotations)
    {
        // Plotly takes an annotation's place on a logarithmic axis as a logarithm (and a shape's as the value itself).
        var x = figure.LogX ? Math.Log10(X) : X;
        var y = figure.LogY ? Math.Log10(Y) : Y;
        if (!double.IsFinite(x) || !double.IsFinite(y))
        {
            return;
        }

        // The text lies towards the middle, where it has room.
        var right = X > Middle(figure.Series.Aggregate(Extent.Empty, (e, s) => e.Union(s.XExtent(figure.LogX))), figure.LogX);
        var upper = Y > Middle(figure.Series.Aggregate(Extent.Empty, (e, s) => e.Union(s.YExtent(figure.LogY))), figure.LogY);
        annotations.Add(new JsonObject
        {
            ["text"] = RnnBook.Figures.Text.ForPlotly(RnnBook.Figures.Text.Wrap(Text, 32)),
            ["xref"] = xAxis,
            ["yref"] = yAxis,
            ["x"] = x,
            ["y"] = y,
            ["showarrow"] = true,
            ["arrowhead"] = 2,
            ["arrowwidth"] = 1.2,
            ["ax"] = right ? -60 : 60,
            ["ay"] = upper ? 40 : -40,
        });
    }

    public override string Describe() => $"Note: {Text}";

    private static double Middle(Extent extent, bool log) => log ? Math.Sqrt(extent.Low * extent.High) : (extent.Low + extent.High) / 2;
}
