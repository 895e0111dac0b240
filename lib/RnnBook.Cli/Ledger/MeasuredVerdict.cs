using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>A verdict as a cell shows it, with the place where it stands.</summary>
/// <param name="Id">The claim's id.</param>
/// <param name="Outcome">reproduced, qualified, refuted, not tested.</param>
/// <param name="Seeds">The largest number of runs behind a criterion.</param>
/// <param name="Criteria">What was measured, one object a criterion.</param>
/// <param name="CellId">The cell's id.</param>
/// <param name="CellNumber">The cell's place in its notebook, from 1.</param>
internal sealed record MeasuredVerdict(
    string Id, string Outcome, int Seeds, IReadOnlyList<MeasuredCriterion> Criteria, string CellId, int CellNumber)
{
    /// <summary>What a verdict's output calls itself.</summary>
    public const string MimeType = "application/vnd.rnnbook.verdict+json";

    /// <summary>The verdicts in a notebook's outputs, in order.</summary>
    public static IReadOnlyList<MeasuredVerdict> In(NotebookDocument document) =>
    [
        .. from entry in document.Cells.Index()
           where entry.Item.Kind == CellKind.Code
           from output in entry.Item.Outputs
           let json = CellOutput.Json(output, MimeType) as JsonObject
           where json is not null
           let verdict = TryFrom(json, entry.Item.Id, entry.Index + 1)
           where verdict is not null
           select verdict,
    ];

    /// <summary>The verdict; null where a program has written something else under its name.</summary>
    private static MeasuredVerdict? TryFrom(JsonObject json, string cellId, int cellNumber)
    {
        try
        {
            return From(json, cellId, cellNumber);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static MeasuredVerdict From(JsonObject json, string cellId, int cellNumber) => new(
        (string?)json["id"] ?? "?",
        (string?)json["verdict"] ?? "?",
        (int?)json["seeds"] ?? 0,
        [.. (json["criteria"] as JsonArray ?? []).OfType<JsonObject>().Select(MeasuredCriterion.From)],
        cellId,
        cellNumber);
}

/// <summary>What was measured for one criterion: median, lowest and highest over the runs.</summary>
internal sealed record MeasuredCriterion(string Name, double Median, double Low, double High, int Count, bool Holds)
{
    public static MeasuredCriterion From(JsonObject json) => new(
        (string?)json["name"] ?? "?",
        Number(json["measured"]),
        Number(json["low"]),
        Number(json["high"]),
        (int?)json["n"] ?? 0,
        (bool?)json["holds"] ?? false);

    /// <summary>The measurement together with the criterion of the ledger's row, which knows how to write it.</summary>
    public Measurement With(Criterion criterion) => new(criterion, Median, Low, High, Count, Holds);

    /// <summary>JSON has no infinity, so it stands there as a text.</summary>
    private static double Number(JsonNode? node) => (string?)node?.AsValue().ToString() is { } text
        && double.TryParse(text, out var number) ? number : double.NaN;
}
