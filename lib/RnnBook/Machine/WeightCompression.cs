namespace RnnBook;

/// <summary>
/// Two ways to make a trained net smaller: magnitude pruning (Han et al., 2015, arXiv 1506.02626) sets the smallest weights to 0; int8 keeps
/// each weight as a whole number from −127 to 127 and one scale for each row (Jacob et al., 2018, arXiv 1712.05877, has one for each channel).
/// </summary>
public static class WeightCompression
{
    /// <summary>Keeps the largest weights in absolute value and sets the others to 0.</summary>
    /// <param name="weight">W, of any shape; changed in place.</param>
    /// <param name="kept">Share that stays, 0 to 1.</param>
    public static void Prune(Tensor weight, double kept)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentOutOfRangeException.ThrowIfNegative(kept);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kept, 1);
        var sizes = weight.Span.ToArray();
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = Math.Abs(sizes[i]);
        }

        Array.Sort(sizes);
        var cut = sizes.Length - (int)Math.Round(kept * sizes.Length);
        foreach (ref var value in weight.Span)
        {
            value = cut == sizes.Length || (cut > 0 && Math.Abs(value) < sizes[cut]) ? 0 : value;
        }
    }

    /// <summary>Rounds each weight to the nearest of 255 steps of its row: s·round(w/s), s = max|w|/127.</summary>
    /// <param name="weight">W, [rows, columns]; changed in place, 0 stays 0.</param>
    /// <exception cref="ArgumentException">It has not two axes.</exception>
    public static void RoundToInt8(Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        weight.RequireShape("W", -1, -1);
        for (var row = 0; row < weight.Shape[0]; row++)
        {
            var values = weight.Slice(row);
            var largest = 0f;
            foreach (var value in values)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }

            var scale = largest / 127;
            foreach (ref var value in values)
            {
                value = scale > 0 ? scale * MathF.Round(value / scale) : 0;
            }
        }
    }

    /// <summary>
    /// Bytes of a weight matrix as it would be stored: a bit mask of the entries and those that are not 0, where that is smaller than
    /// all of them; 4 bytes a value, or 1 for int8 and 4 for the scale of each row.
    /// </summary>
    /// <param name="weight">W, [rows, columns].</param>
    /// <param name="asBytes">Whether a value is stored as int8.</param>
    public static long Bytes(Tensor weight, bool asBytes)
    {
        ArgumentNullException.ThrowIfNull(weight);
        weight.RequireShape("W", -1, -1);
        var (count, nonZero) = ((long)weight.Count, 0L);
        foreach (var value in weight.Span)
        {
            nonZero += value != 0 ? 1 : 0;
        }

        var size = asBytes ? 1 : 4;
        return Math.Min(count * size, ((count + 7) / 8) + (nonZero * size)) + (asBytes ? 4L * weight.Shape[0] : 0);
    }
}
