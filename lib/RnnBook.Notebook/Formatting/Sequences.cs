using System.Collections;

namespace RnnBook.Notebook;

/// <summary>Reads the beginning of a sequence that may be long, or without end.</summary>
internal static class Sequences
{
    private const int MaximumCounted = 10_000;

    /// <summary>A dictionary's entries, whatever its own enumerator yields.</summary>
    public static IEnumerable<DictionaryEntry> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return entry;
        }
    }

    /// <summary>The first items, and how many are left in words: empty, "80 more", or "more" when counting would take long.</summary>
    public static (IReadOnlyList<object?> Items, string Remainder) Take(IEnumerable sequence, int count)
    {
        var items = new List<object?>();
        var left = 0;
        foreach (var item in sequence)
        {
            if (items.Count < count)
            {
                items.Add(item);
            }
            else if (sequence is ICollection collection)
            {
                left = collection.Count - count;
                break;
            }
            else if (++left > MaximumCounted)
            {
                return (items, "more");
            }
        }

        return (items, left == 0 ? "" : $"{left:N0} more");
    }
}
