using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnBook;

/// <summary>How claims and verdicts are shown: as plain text, as html, and as JSON for the ledger.</summary>
internal static class ClaimText
{
    /// <summary>
    /// Colour of the pill and its mark. White text on each has a contrast above 4.5, and the mark tells them apart without colour.
    /// </summary>
    private static readonly Dictionary<VerdictKind, (string Colour, char Mark)> Looks = new()
    {
        [VerdictKind.Reproduced] = ("#1a7f37", '✓'),
        [VerdictKind.Qualified] = ("#8a5a00", '◐'),
        [VerdictKind.Refuted] = ("#b3261e", '✗'),
        [VerdictKind.NotTested] = ("#57606a", '–'),
    };

    /// <summary>JSON has no ∞; "Infinity" is what System.Text.Json reads back.</summary>
    private static readonly JsonSerializerOptions WithInfinity = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static string Plain(Claim claim) => Lines(
        $"{claim.Id} ({claim.Source}): {claim.Text}", claim.Criteria.Select(c => $"{Stage(c)}: {c.Text} {c.ThresholdText}"), Remarks(claim));

    public static string Plain(Verdict verdict) => Lines(
        $"{verdict.Claim.Id} {verdict.Outcome.Word()} ({verdict.Claim.Source}): {verdict.Claim.Text}",
        verdict.Measured.Select(m => $"{Stage(m.Criterion)}: {m}"),
        Remarks(verdict.Claim, verdict));

    public static string Html(Claim claim)
    {
        var rows = claim.Criteria.Select(c => Row(Stage(c), c.Text, c.ThresholdText));
        return Card(claim, "#57606a", "claim", Table(rows, "", "what is measured", "threshold") + Paragraphs(Remarks(claim)));
    }

    public static string Html(Verdict verdict)
    {
        var (colour, mark) = Looks[verdict.Outcome];
        var rows = verdict.Measured.Select(m => Row(
            $"{(m.Holds ? '✓' : '✗')} {Stage(m.Criterion)}",
            m.Criterion.Text,
            m.MeasuredText,
            m.Criterion.ThresholdText,
            m.Count.ToString(CultureInfo.InvariantCulture)));
        var table = Table(rows, "", "what was measured", "median [range]", "threshold", "runs");
        return Card(verdict.Claim, colour, $"{mark} {verdict.Outcome.Word()}", table + Paragraphs(Remarks(verdict.Claim, verdict)));
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
                @for = m.Criterion.ForQualified ? "qualified" : "stated",
                text = m.Criterion.Text,
                @is = m.Criterion.Sign,
                threshold = m.Criterion.Is == Comparison.Between ? (object)new[] { m.Criterion.Threshold, m.Criterion.Upper } : m.Criterion.Threshold,
                measured = m.Median,
                low = m.Low,
                high = m.High,
                n = m.Count,
                holds = m.Holds,
            }),
        },
        WithInfinity);

    private static string Stage(Criterion criterion) => criterion.ForQualified ? "under the condition" : "as stated";

    private static IEnumerable<string> Remarks(Claim claim, Verdict? verdict = null) => new[]
    {
        claim.Condition is { } condition ? $"Condition: {condition}" : null,
        claim.Why is { } why ? $"Not tested: {why}" : null,
        verdict is { AgreesWithRecord: false } ? $"The book records: {claim.Recorded!.Value.Word()}." : null,
    }.OfType<string>();

    private static string Lines(string head, IEnumerable<string> criteria, IEnumerable<string> remarks) =>
        string.Join("\n  ", criteria.Concat(remarks).Prepend(head));

    /// <summary>Colours come from the page (inherit) or stand on their own background, so that light and dark pages both work.</summary>
    private static string Card(Claim claim, string colour, string pill, string content) =>
        "<div class=\"rnnbook-verdict\" style=\"border:1px solid rgba(127,127,127,.4);border-left:4px solid " + colour +
        ";border-radius:4px;padding:.6em .9em;margin:.5em 0;color:inherit;" +
        "font-family:system-ui,sans-serif;font-size:.95em;line-height:1.45\">" +
        $"<div><strong>{Encode(claim.Id)}</strong> <span style=\"background:{colour};color:#fff;border-radius:1em;padding:.1em .7em;" +
        $"font-weight:600;white-space:nowrap\">{Encode(pill)}</span> <span style=\"opacity:.75\">{Encode(claim.Source)}</span></div>" +
        $"<div style=\"margin:.35em 0\">{Encode(claim.Text)}</div>{content}</div>";

    private static string Table(IEnumerable<string> rows, params string[] heads)
    {
        var body = string.Concat(rows);
        const string headStyle = CellStyle + ";font-weight:600;opacity:.75";
        var head = string.Concat(heads.Select(h => $"<th scope=\"col\" style=\"{headStyle}\">{Encode(h)}</th>"));
        return body.Length == 0 ? "" : "<table style=\"border-collapse:collapse;background:none;color:inherit;font-size:inherit;margin:0\">" +
            $"<thead><tr style=\"background:none\">{head}</tr></thead><tbody>{body}</tbody></table>";
    }

    private const string CellStyle =
        "text-align:left;padding:.15em 1em .15em 0;border:0;color:inherit;background:none;font-variant-numeric:tabular-nums";

    private static string Row(params string[] cells) =>
        $"<tr style=\"background:none\">{string.Concat(cells.Select(c => $"<td style=\"{CellStyle}\">{Encode(c)}</td>"))}</tr>";

    private static string Paragraphs(IEnumerable<string> texts) =>
        string.Concat(texts.Select(text => $"<div style=\"margin-top:.35em\">{Encode(text)}</div>"));

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
