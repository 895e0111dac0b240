namespace RnnBook.Figures;

/// <summary>The growing points of one run. Long runs are thinned as they grow, so memory and drawing stay small.</summary>
internal sealed class LiveSeries(string name)
{
    /// <summary>Most points drawn: ten figures a second should cost the training next to nothing.</summary>
    private const int Drawn = 800;

    private double[] x = [];
    private double[] y = [];
    private readonly List<double> newX = [];
    private readonly List<double> newY = [];

    public void Add(double atX, double atY)
    {
        newX.Add(atX);
        newY.Add(atY);
        if (newX.Count >= 4 * Drawn)
        {
            Thin();
        }
    }

    public Series Snapshot()
    {
        double[] allX = [.. x, .. newX], allY = [.. y, .. newY];
        var kept = Thinning.Keep(Drawn, allY);
        return new LineSeries(name, Thinning.Pick(allX, kept), Thinning.Pick(allY, kept));
    }

    /// <summary>Keeps twice what is drawn: thinning thinned points again still keeps every extreme.</summary>
    private void Thin()
    {
        double[] allX = [.. x, .. newX], allY = [.. y, .. newY];
        var kept = Thinning.Keep(2 * Drawn, allY);
        (x, y) = (Thinning.Pick(allX, kept), Thinning.Pick(allY, kept));
        newX.Clear();
        newY.Clear();
    }
}
