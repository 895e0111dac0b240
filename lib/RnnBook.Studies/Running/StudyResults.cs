using System.Collections;
using System.Diagnostics.CodeAnalysis;
using RnnBook.Shared;

namespace RnnBook;

/// <summary>
/// The recorded runs of a study, by key: a file of JSON lines, sorted, one line a run. It is written whole to a temporary file and then
/// renamed, so a reader, or a process killed at any moment, meets the file before a run or after it.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "Results are more than a collection.")]
public sealed class StudyResults : IReadOnlyCollection<RunRecord>
{
    private readonly SortedDictionary<RunKey, RunRecord> records = new(Comparer<RunKey>.Create(RunKey.Compare));

    /// <summary>No results yet.</summary>
    public StudyResults()
    {
    }

    /// <summary>These results; of two with one key the first counts.</summary>
    public StudyResults(IEnumerable<RunRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        foreach (var record in records)
        {
            this.records.TryAdd(record.Key, record);
        }
    }

    /// <summary>Number of runs.</summary>
    public int Count => records.Count;

    /// <summary>Reads a results file; there are none if there is no file.</summary>
    /// <param name="path">The file, from the current directory (in a notebook: the notebook's folder).</param>
    /// <exception cref="InvalidDataException">A line is broken, or a key stands twice: one line that says which.</exception>
    public static StudyResults Load(string path)
    {
        var results = new StudyResults();
        if (!File.Exists(path))
        {
            return results;
        }

        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            try
            {
                if (!results.Add(RunRecord.Read(line)))
                {
                    throw new FormatException("this run stands in an earlier line too");
                }
            }
            catch (FormatException broken)
            {
                throw new InvalidDataException(
                    $"{path}, line {index + 1}: {broken.Message} Delete the line; `book study run` then does its run again.", broken);
            }
        }

        return results;
    }

    /// <summary>Whether there is a run with these settings.</summary>
    public bool Contains(RunKey key) => records.ContainsKey(key);

    /// <summary>The run with these settings; null if there is none.</summary>
    public RunRecord? Find(RunKey key) => records.GetValueOrDefault(key);

    /// <summary>The runs on confirming seeds, 1000 and above, whose settings fit, by seed.</summary>
    public IReadOnlyList<RunRecord> Confirming(Func<RunKey, bool> fits) =>
        [.. records.Values.Where(record => record.Key.Seed >= 1000 && fits(record.Key)).OrderBy(record => record.Key.Seed)];

    /// <summary>Adds a run; false, and nothing happens, if there is one with its key.</summary>
    public bool Add(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return records.TryAdd(record.Key, record);
    }

    /// <summary>Writes the file, all or nothing.</summary>
    public void Save(string path) => AtomicFile.WriteText(path, string.Concat(records.Values.Select(record => record.ToLine() + "\n")));

    /// <inheritdoc/>
    public IEnumerator<RunRecord> GetEnumerator() => records.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString()
    {
        var origins = records.Values.Select(record => record.Run).OfType<RunOrigin>().ToList();
        var machines = origins.Select(origin => origin.Machine).Distinct().ToList();
        return origins.Count == 0
            ? $"{Count} runs"
            : $"{Count} runs, {Span(origins)}, {machines[0]}{(machines.Count > 1 ? $" and {machines.Count - 1} more" : "")}, "
                + $"{origins.Sum(origin => origin.Seconds) / 3600:F1} hours of one core";
    }

    private static string Span(List<RunOrigin> origins)
    {
        var (first, last) = (origins.Min(origin => origin.Date)!, origins.Max(origin => origin.Date)!);
        return first == last ? first : $"{first} to {last}";
    }
}
