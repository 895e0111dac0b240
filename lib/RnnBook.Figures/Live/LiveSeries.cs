namespace RnnBook.Figures;

/// <summary>The growing points of one run. A long run is thinned as it grows, so memory and drawing stay small.</summary>
internal sealed class LiveSeries(string name)
{
    /// <summary>Most points drawn: ten figures a second should cost the training next to nothing.</summary>
    private const int Drawn = 800;

    /// <summary>Pairs, so that a thread stopped by the reader leaves whole points.</summary>
    private List<(double X, double Y)> points = [];

    public void Add(double x, double y)
    {
        points.Add((x, y));
        if (points.Count >= 8 * Drawn)
        {
            // Twice what is drawn: thinning thinned points again still keeps every extreme.
            points = Thinned(2 * Drawn);
        }
    }

    public Series Snapshot()
    {
        var drawn = Thinned(Drawn);
        return new LineSeries(name, [.. drawn.Select(p => p.X)], [.. drawn.Select(p => p.Y)]);
    }

    private List<(double X, double Y)> Thinned(int max) =>
        [.. Thinning.Keep(max, [.. points.Select(p => p.Y)]).Select(i => points[i])];
}
