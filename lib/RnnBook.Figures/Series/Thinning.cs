namespace RnnBook.Figures;

/// <summary>
/// Chooses which points of a long series to draw: in each of equal runs of points the lowest, the highest and the first gap,
/// so that no spike and no gap disappears, however long the training run.
/// </summary>
internal static class Thinning
{
    /// <summary>Most points drawn for one series.</summary>
    public const int MaxPoints = 2000;

    /// <summary>Indices to keep, increasing, at most <paramref name="max"/> of them; always the first and the last.</summary>
    /// <param name="max">Most indices to keep.</param>
    /// <param name="tracks">Values over the same positions, which all keep their extremes (a band has three).</param>
    public static int[] Keep(int max, params double[][] tracks)
    {
        var count = tracks[0].Length;
        if (count <= max)
        {
            return [.. Enumerable.Range(0, count)];
        }

        var bins = Math.Max(1, (max - 2) / (3 * tracks.Length));
        var kept = new SortedSet<int> { 0, count - 1 };
        for (var bin = 0; bin < bins; bin++)
        {
            var from = (int)((long)count * bin / bins);
            var to = (int)((long)count * (bin + 1) / bins);
            foreach (var track in tracks)
            {
                KeepExtremes(track, from, to, kept);
            }
        }

        return [.. kept];
    }

    public static double[] Pick(double[] values, int[] indices) => Array.ConvertAll(indices, i => values[i]);

    private static void KeepExtremes(double[] values, int from, int to, SortedSet<int> kept)
    {
        int lowest = -1, highest = -1, gap = -1;
        for (var i = from; i < to; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                gap = gap < 0 ? i : gap;
            }
            else
            {
                lowest = lowest < 0 || values[i] < values[lowest] ? i : lowest;
                highest = highest < 0 || values[i] > values[highest] ? i : highest;
            }
        }

        foreach (var index in (ReadOnlySpan<int>)[lowest, highest, gap])
        {
            if (index >= 0)
            {
                kept.Add(index);
            }
        }
    }
}
