namespace RnnBook.Figures;

/// <summary>Where a panel lies in the drawing area (0 to 1, from the bottom left) and what its axes are called.</summary>
internal sealed record Panel(int Index, (double Low, double High) X, (double Low, double High) Y)
{
    private string Number => Index == 0 ? "" : (Index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public string XAxis => "x" + Number;

    public string YAxis => "y" + Number;

    public string XAxisName => "xaxis" + Number;

    public string YAxisName => "yaxis" + Number;

    public string Scene => "scene" + Number;

    /// <summary>Narrower, with room for a colour bar beside it.</summary>
    public Panel WithColorBar() => this with { X = (X.Low, X.High - 0.09) };

    /// <summary>Cuts the drawing area into rows and columns, with room between them for tick labels and titles.</summary>
    public static IReadOnlyList<Panel> Cut(int count, int columns, double horizontalGap, double verticalGap)
    {
        var rows = (count + columns - 1) / columns;
        var width = (1 - (horizontalGap * (columns - 1))) / columns;
        var height = (1 - (verticalGap * (rows - 1))) / rows;
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var left = (i % columns) * (width + horizontalGap);
            var top = 1 - ((i / columns) * (height + verticalGap));
            return new Panel(i, (left, left + width), (top - height, top));
        })];
    }
}
