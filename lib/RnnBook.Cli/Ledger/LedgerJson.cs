using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnBook.Cli;

/// <summary>The ledger for other programs: an array with one object a claim.</summary>
internal static class LedgerJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// <c>measured</c> and <c>threshold</c> are objects with one entry a criterion (null where nothing was measured); <c>verdict</c> is one of
    /// reproduced, qualified, refuted, undecided, "definition, checked", not tested, no verdict, not run, open; <c>cell</c> is the cell's id.
    /// </summary>
    public static string Of(Ledger ledger) => new JsonArray([.. ledger.Rows.Select(Row)]).ToJsonString(Options);

    private static JsonObject Row(LedgerRow row) => new()
    {
        ["id"] = row.Claim.Id,
        ["source"] = row.Claim.Source,
        ["kind"] = row.Kind,
        ["claim"] = row.Claim.Text,
        ["verdict"] = row.Outcome,
        ["recorded"] = row.Recorded,
        ["measured"] = ByCriterion(row, (_, measured) => measured is null ? null : Measured(measured)),
        ["threshold"] = ByCriterion(row, (criterion, _) => Threshold(criterion)),
        ["condition"] = row.Outcome == VerdictKind.Qualified.Word() ? row.Claim.Condition : null,
        ["amendments"] = new JsonArray([.. row.Claim.Amendments.Select(Amended)]),
        ["seeds"] = row.Verdict?.Seeds,
        ["chapter"] = row.Chapter?.Name,
        ["cell"] = row.Verdict?.CellId,
    };

    private static JsonObject ByCriterion(LedgerRow row, Func<Criterion, Measurement?, JsonNode?> value)
    {
        var entries = new JsonObject();
        foreach (var (criterion, measured) in row.Criteria)
        {
            entries[criterion.Name] = value(criterion, measured);
        }

        return entries;
    }

    private static JsonObject Measured(Measurement measured) => new()
    {
        ["value"] = Number(measured.Value),
        ["low"] = Number(measured.Interval.Low),
        ["high"] = Number(measured.Interval.High),
        ["smallest"] = Number(measured.Range.Low),
        ["largest"] = Number(measured.Range.High),
        ["runs"] = measured.Count,
        ["state"] = Lower(measured.State),
    };

    private static JsonObject Threshold(Criterion criterion) => new()
    {
        ["for"] = Lower(criterion.Use),
        ["estimate"] = Lower(criterion.Estimate),
        ["is"] = criterion.Sign,
        ["value"] = criterion.Is == Comparison.Between
            ? new JsonArray(Number(criterion.Threshold), Number(criterion.Upper))
            : Number(criterion.Threshold),
        ["text"] = criterion.Text,
    };

    private static JsonObject Amended(Amendment amendment) => new()
    {
        ["date"] = amendment.Date,
        ["commit"] = amendment.Commit,
        ["what"] = amendment.What,
        ["why"] = amendment.Why,
        ["before"] = amendment.Before?.Word(),
        ["after"] = amendment.After?.Word(),
    };

    private static string Lower<T>(T word)
        where T : struct, Enum => word.ToString().ToLowerInvariant();

    /// <summary>JSON has no infinity; "Infinity" is what System.Text.Json reads back.</summary>
    private static JsonValue Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString());
}
