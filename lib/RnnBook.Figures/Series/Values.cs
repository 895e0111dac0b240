using System.Numerics;

namespace RnnBook.Figures;

/// <summary>Brings what authors have (arrays of any number type, lists, vectors) into arrays of double.</summary>
internal static class Values
{
    public static double[] Of<T>(IEnumerable<T> values)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(values);
        return values is double[] doubles ? [.. doubles] : [.. values.Select(double.CreateSaturating)];
    }

    public static double[] Of(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Array.ConvertAll(tensor.Span.ToArray(), v => (double)v);
    }

    public static double[] Indices(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    /// <summary>Median, with NaN where there is no value.</summary>
    public static double Median(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            return double.NaN;
        }

        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
