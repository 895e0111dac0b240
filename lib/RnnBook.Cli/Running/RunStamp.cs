using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>How an executed notebook came about; stands in its metadata under <c>rnnbook.run</c>.</summary>
/// <param name="Fingerprint">Of everything the results depend on, see <see cref="FingerprintOf"/>.</param>
/// <param name="Profile">The profile it ran with.</param>
/// <param name="Seed">The seed it ran with.</param>
/// <param name="Seconds">How long the run took.</param>
/// <param name="Failure">Which cell failed and why, in one line; null when every cell ran.</param>
/// <param name="CellSeconds">How long each cell took, by cell id.</param>
internal sealed record RunStamp(
    string Fingerprint, string Profile, ulong Seed, double Seconds, string? Failure, IReadOnlyDictionary<string, double> CellSeconds)
{
    private static readonly string[] Libraries =
    [
        "RnnBook.dll", "RnnBook.Claims.dll", "RnnBook.Exercises.dll", "RnnBook.Figures.dll", "RnnBook.Interactive.dll", "RnnBook.Notebook.dll",
        "RnnBook.Tasks.dll",
    ];

    /// <summary>
    /// Changes when the notebook, the claims or the libraries change, or when a data set that a chapter may use comes or goes: a run with
    /// another fingerprint is out of date.
    /// </summary>
    /// <exception cref="NotebookException">The notebook cannot be read.</exception>
    public static string FingerprintOf(BookFolder book, Chapter chapter)
    {
        var notebook = NotebookDocument.ReadBytes(chapter.File);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var libraries = Libraries.Select(name => Path.Combine(AppContext.BaseDirectory, name));
        hash.AppendData(SHA256.HashData(notebook));
        foreach (var file in libraries.Prepend(book.ClaimsFile))
        {
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        hash.AppendData(Dataset.Known.Select(set => (byte)(set.IsPresent ? 1 : 0)).ToArray());

        return Convert.ToHexStringLower(hash.GetHashAndReset()[..12]);
    }

    public static RunStamp? ReadFrom(NotebookDocument document)
    {
        try
        {
            return document.Metadata["rnnbook"]?["run"].Deserialize<RunStamp>(JsonSerializerOptions.Web);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public void WriteTo(NotebookDocument document)
    {
        if (document.Metadata["rnnbook"] is not JsonObject own)
        {
            document.Metadata["rnnbook"] = own = [];
        }

        own["run"] = JsonSerializer.SerializeToNode(this, JsonSerializerOptions.Web);
    }
}
