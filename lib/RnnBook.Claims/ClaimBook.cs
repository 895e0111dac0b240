using System.Diagnostics.CodeAnalysis;

namespace RnnBook;

/// <summary>The ledger: every claim that the book puts to the test, read from claims.json.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "A book of claims is more than a collection.")]
public sealed class ClaimBook : IReadOnlyCollection<Claim>
{
    private readonly List<Claim> rows;
    private readonly Dictionary<string, Claim> byId;

    private ClaimBook(List<Claim> rows)
    {
        this.rows = rows;
        byId = rows.ToDictionary(row => row.Id);
    }

    /// <summary>Number of claims.</summary>
    public int Count => rows.Count;

    /// <summary>The claim with this number, such as "C8".</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Claim this[string id] => byId.TryGetValue(id, out var claim)
        ? claim
        : throw new KeyNotFoundException($"There is no claim \"{id}\" among the {Count} of the ledger.");

    /// <summary>Reads claims.json, strictly.</summary>
    /// <param name="path">The file, from the current directory (in a notebook: the notebook's folder).</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file breaks the rules: one line for each problem.</exception>
    public static ClaimBook Load(string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full)
            ? Parse(File.ReadAllText(full), path)
            : throw new FileNotFoundException($"There are no claims at {full}.", full);
    }

    /// <inheritdoc/>
    public IEnumerator<Claim> GetEnumerator() => rows.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"{Count} claims, {rows.Count(row => row.IsOpen)} of them open";

    internal static ClaimBook Parse(string json, string name)
    {
        var reader = new ClaimReader();
        var rows = reader.Read(json);
        return reader.Problems.Count == 0
            ? new ClaimBook(rows)
            : throw new InvalidDataException(string.Join('\n', reader.Problems.Select(problem => $"{name}: {problem}")));
    }
}
