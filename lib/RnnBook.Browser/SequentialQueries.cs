namespace System.Linq;

/// <summary>Parallel LINQ for cells in a page. The real one waits for other threads, of which there are none: here a query runs in its own order.</summary>
public static class SequentialQueries
{
    /// <summary>The sequence itself.</summary>
    public static IEnumerable<T> AsParallel<T>(this IEnumerable<T> source) => source;

    /// <summary>The sequence itself, which is in order.</summary>
    public static IEnumerable<T> AsOrdered<T>(this IEnumerable<T> source) => source;

    /// <summary>The sequence itself.</summary>
    /// <param name="source">The sequence.</param>
    /// <param name="degreeOfParallelism">How many threads would share the work.</param>
    public static IEnumerable<T> WithDegreeOfParallelism<T>(this IEnumerable<T> source, int degreeOfParallelism) =>
        degreeOfParallelism > 0 ? source : throw new ArgumentOutOfRangeException(nameof(degreeOfParallelism));

    /// <summary>Does something with each element.</summary>
    public static void ForAll<T>(this IEnumerable<T> source, Action<T> action)
    {
        foreach (var element in source)
        {
            action(element);
        }
    }
}
