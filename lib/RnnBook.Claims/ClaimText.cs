using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnBook;

/// <summary>How claims and verdicts are shown: as plain text, as html, and as JSON for the ledger.</summary>
internal static class ClaimText
{
    private const string CellStyle =
        "text-align:left;vertical-align:top;padding:.15em 1em .15em 0;border:0;color:inherit;background:none;font-variant-numeric:tabular-nums";

    /// <summary>JSON has no ∞; "Infinity" is what System.Text.Json reads back.</summary>
    private static readonly JsonSerializerOptions WithInfinity = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static string Plain(Claim claim) => Lines(
        $"{claim.Id} ({claim.Source}): {claim.Text}",
        claim.Criteria.Select(c => $"{Use(c)}: {c.Text} {c.ThresholdText}"),
        Remarks(claim, claim.Condition));

    public static string Plain(Verdict verdict) => Lines(
        $"{verdict.Claim.Id} {verdict.Outcome.Word()} ({verdict.Claim.Source}): {verdict.Claim.Text}",
        verdict.Measured.Select(m => $"{Use(m.Criterion)}: {m}"),
        Remarks(verdict));

    public static string Html(Claim claim)
    {
        var rows = claim.Criteria.Select(c => Row(Use(c), c.Text, c.ThresholdText));
        return Card(
            claim, VerdictKind.NotTested.Colour(), "claim", Table(rows, "", "what is measured", "threshold"), $"{claim.Criteria.Count} criteria",
            [.. Remarks(claim, claim.Condition)]);
    }

    public static string Html(Verdict verdict)
    {
        var rows = verdict.Measured.Select(m => Row(
            $"{m.Mark} {Use(m.Criterion)}",
            m.Criterion.Text,
            m.MeasuredText,
            m.Criterion.ThresholdText,
            m.Count.ToString(CultureInfo.InvariantCulture)));
        var table = Table(rows, "", "what was measured", "estimate [95 % interval]", "threshold", "runs");
        var held = verdict.Measured.Count(m => m.Holds);
        return Card(
            verdict.Claim,
            verdict.Outcome.Colour(),
            $"{verdict.Outcome.Mark()} {verdict.Outcome.Word()}",
            table,
            $"evidence: {held} of {verdict.Measured.Count} criteria hold",
            [.. Remarks(verdict)]);
    }

    public static string Json(Verdict verdict) => JsonSerializer.Serialize(
        new
        {
            id = verdict.Claim.Id,
            verdict = verdict.Outcome.Word(),
            seeds = verdict.Seeds,
            criteria = verdict.Measured.Select(m => new
            {
                name = m.Criterion.Name,
                @for = ClaimWords.Uses[(int)m.Criterion.Use],
                estimate = ClaimWords.Estimates[(int)m.Criterion.Estimate],
                text = m.Criterion.Text,
                @is = m.Criterion.Sign,
                threshold = m.Criterion.Is == Comparison.Between ? (object)new[] { m.Criterion.Threshold, m.Criterion.Upper } : m.Criterion.Threshold,
                measured = m.Value,
                low = m.Interval.Low,
                high = m.Interval.High,
                smallest = m.Range.Low,
                largest = m.Range.High,
                n = m.Count,
                state = StateWords[(int)m.State],
            }),
        },
        WithInfinity);

    /// <summary>How the JSON of a verdict writes <see cref="CriterionState"/>, in its order.</summary>
    internal static IReadOnlyList<string> StateWords { get; } = ["holds", "fails", "undecided"];

    private static string Use(Criterion criterion) => criterion.Use switch
    {
        CriterionUse.Stated => "as stated",
        CriterionUse.Qualified => "under the condition",
        _ => "in both forms",
    };

    /// <summary>A condition is shown only where it applies.</summary>
    private static IEnumerable<string> Remarks(Verdict verdict) => Remarks(
        verdict.Claim,
        verdict.Outcome == VerdictKind.Qualified ? verdict.Claim.Condition : null,
        verdict.AgreesWithRecord ? null : $"The book records: {verdict.Claim.Recorded!.Value.Word()}{(verdict.Claim.IsTiming ? ", measured on another machine" : "")}.");

    private static IEnumerable<string> Remarks(Claim claim, string? condition, string? record = null) => new[]
    {
        condition is null ? null : $"Condition: {condition}",
        claim.Why is { } why ? $"Not tested: {why}" : null,
        record,
        claim.Amendments.Count switch
        {
            0 => null,
            1 => "Its rules were amended once; the ledger shows how.",
            var times => $"Its rules were amended {times} times; the ledger shows how.",
        },
    }.OfType<string>();

    private static string Lines(string head, IEnumerable<string> criteria, IEnumerable<string> remarks) =>
        string.Join("\n  ", criteria.Concat(remarks).Prepend(head));

    /// <summary>Colours come from the page (inherit) or stand on their own background, so that light and dark pages both work.</summary>
    private static string Card(Claim claim, string colour, string pill, string table, string fold, params string[] remarks) =>
        "<div class=\"rnnbook-verdict\" style=\"border:1px solid rgba(127,127,127,.4);border-left:4px solid " + colour +
        ";border-radius:4px;padding:.6em .9em;margin:.5em 0;color:inherit;" +
        "font-family:system-ui,sans-serif;font-size:.95em;line-height:1.45\">" +
        $"<div><strong>{Encode(claim.Id)}</strong> <span style=\"background:{colour};color:#fff;border-radius:1em;padding:.1em .7em;" +
        $"font-weight:600;white-space:nowrap\">{Encode(pill)}</span> <span style=\"opacity:.75\">{Encode(claim.Source)}</span></div>" +
        $"<div style=\"margin:.35em 0\">{Encode(claim.Text)}</div>" +
        string.Concat(remarks.Select(text => $"<div style=\"margin-top:.35em\">{Encode(text)}</div>")) +
        (table.Length == 0 ? "" : $"<details style=\"margin-top:.35em\"><summary style=\"cursor:pointer\">{Encode(fold)}</summary>{table}</details>") + "</div>";

    private static string Table(IEnumerable<string> rows, params string[] heads)
    {
        var body = string.Concat(rows);
        const string headStyle = CellStyle + ";font-weight:600;opacity:.75";
        var head = string.Concat(heads.Select(h => $"<th scope=\"col\" style=\"{headStyle}\">{Encode(h)}</th>"));
        return body.Length == 0 ? "" : "<table style=\"border-collapse:collapse;background:none;color:inherit;font-size:inherit;margin:0\">" +
            $"<thead><tr style=\"background:none\">{head}</tr></thead><tbody>{body}</tbody></table>";
    }

    private static string Row(params string[] cells) =>
        $"<tr style=\"background:none\">{string.Concat(cells.Select(c => $"<td style=\"{CellStyle}\">{Encode(c)}</td>"))}</tr>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
