namespace RnnBook.Figures;

/// <summary>Tells a figure in words: its title, then the author's words or what the data show.</summary>
internal static class AlternativeText
{
    public static string Of(Figure figure)
    {
        var words = figure.Alt ?? Describe(figure);
        return string.Join(" ", new[] { Sentence(figure.Title), words }.Where(t => t.Length > 0));
    }

    private static string Describe(Figure figure)
    {
        if (figure.Frames is { } slider)
        {
            var shown = slider.Frames[slider.Start];
            return $"A slider moves {slider.Label} from {slider.Frames[0].Label} to {slider.Frames[^1].Label} "
                + $"({slider.Frames.Count} steps). At {slider.Label} = {shown.Label}: {Of(shown.Figure)}";
        }

        if (figure.Panels.Count > 0)
        {
            var parts = figure.Panels.Select((p, i) => $"Panel {i + 1}: {Of(p)}");
            return string.Join(" ", parts.Prepend(Sentence(figure.Subtitle)).Where(t => t.Length > 0));
        }

        var sentences = new List<string> { figure.Subtitle, Axes(figure) };
        sentences.AddRange(figure.Series.Select(s => (s.Name.Length > 0 ? $"{s.Name}: " : "") + s.Describe(figure)));
        sentences.AddRange(figure.Series.Select(s => s.Omission(figure)).OfType<string>());
        sentences.AddRange(figure.Marks.Select(m => m.Describe()));
        return string.Join(" ", sentences.Where(t => t.Length > 0).Select(Sentence));
    }

    private static string Axes(Figure figure)
    {
        var x = figure.Series.Any(s => s is HeatmapSeries)
            ? Extent.Empty
            : figure.Series.Aggregate(Extent.Empty, (e, s) => e.Union(s.XExtent(figure.LogX)));
        var up = figure.Y.Length > 0 || figure.LogY ? $": {Axis(figure.Y, figure.LogY, "y")}" : "";
        var along = figure.X.Length > 0 || !x.IsEmpty ? $" against {Axis(figure.X, figure.LogX, "x")}" : "";
        return Kind(figure) + up + along + (x.IsEmpty ? "" : $" {x.Describe()}");
    }

    private static string Axis(string name, bool log, string unnamed) => (name.Length > 0 ? name : unnamed) + (log ? " (log)" : "");

    private static string Kind(Figure figure) => figure.Series.FirstOrDefault() switch
    {
        BarSeries => "Bars",
        HistogramSeries => "Histogram",
        HeatmapSeries => "Heatmap",
        SurfaceSeries => "Surface",
        ScatterSeries => "Scatter plot",
        null => "Empty chart",
        _ => "Line chart",
    };

    private static string Sentence(string text)
    {
        var plain = Text.Plain(text).Trim();
        return plain.Length == 0 || ".!?".Contains(plain[^1]) ? plain : plain + ".";
    }
}
