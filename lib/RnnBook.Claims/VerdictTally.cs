using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace RnnBook;

/// <summary>How many claims have which verdict, group by group. In a notebook it shows itself as bars, as long as there are claims.</summary>
[TypeFormatterSource(typeof(VerdictTallyFormatters), PreferredMimeTypes = ["text/html"])]
public sealed class VerdictTally
{
    private const string Open = "open";
    private readonly string title;
    private readonly List<(string Label, IReadOnlyList<(VerdictKind? Verdict, int Count)> Parts)> rows = [];

    /// <summary>A tally without groups.</summary>
    /// <param name="title">What the groups are.</param>
    public VerdictTally(string title) => this.title = title;

    /// <summary>For each group how many of its claims have each verdict, in the order of <see cref="VerdictKind"/>; null stands for those that are open.</summary>
    public IReadOnlyList<(string Label, IReadOnlyList<(VerdictKind? Verdict, int Count)> Parts)> Rows => rows;

    /// <summary>Adds a group.</summary>
    /// <param name="label">Its name.</param>
    /// <param name="claims">Its claims, by their recorded verdicts.</param>
    public VerdictTally Add(string label, IEnumerable<Claim> claims)
    {
        var parts = claims.GroupBy(claim => claim.Recorded).Select(same => (Verdict: same.Key, Count: same.Count()));
        rows.Add((label, [.. parts.OrderBy(part => part.Verdict ?? (VerdictKind)int.MaxValue)]));
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', rows
        .Select(row => $"{row.Label}: {(row.Parts.Count == 0 ? "no claims" : string.Join(", ", row.Parts.Select(part => $"{part.Count} {Word(part.Verdict)}")))}")
        .Prepend(title));

    internal string ToHtml()
    {
        var longest = Math.Max(1, rows.Select(row => row.Parts.Sum(part => part.Count)).DefaultIfEmpty().Max());
        return $"<div class=\"rnnbook-tally\" style=\"font-size:.95em\"><p style=\"margin:.3em 0;font-weight:600\">{Encode(title)}</p>"
            + $"<p style=\"margin:.3em 0 .6em\">{string.Concat(rows.SelectMany(row => row.Parts).Select(part => part.Verdict).Distinct()
                .OrderBy(verdict => verdict ?? (VerdictKind)int.MaxValue).Select(verdict => Part(verdict, $"{Mark(verdict)} {Word(verdict)}", "border-radius:1em;margin:0 .3em .3em 0;display:inline-block")))}</p>"
            + string.Concat(rows.Select(row => Row(row.Label, row.Parts, longest))) + "</div>";
    }

    private static string Row(string label, IReadOnlyList<(VerdictKind? Verdict, int Count)> parts, int longest)
    {
        var share = (100.0 * parts.Sum(part => part.Count) / longest).ToString("F0", CultureInfo.InvariantCulture);
        var bar = string.Concat(parts.Select(part => Part(
            part.Verdict, $"{Mark(part.Verdict)} {part.Count}", $"flex-grow:{part.Count};flex-basis:0;min-width:1.9em;text-align:center;white-space:nowrap")));
        return $"<div style=\"margin:.25em 0\"><div>{Encode(label)}</div><div style=\"display:flex;gap:1px;width:{share}%\">{bar}</div></div>";
    }

    private static string Part(VerdictKind? verdict, string text, string style) =>
        $"<span title=\"{Word(verdict)}\" style=\"background-color:{verdict?.Colour() ?? "#3d444d"};color:#fff;padding:.1em .4em;{style}\">{text}</span>";

    private static string Word(VerdictKind? verdict) => verdict?.Word() ?? Open;

    private static char Mark(VerdictKind? verdict) => verdict?.Mark() ?? '○';

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}

/// <summary>The forms of a <see cref="VerdictTally"/>.</summary>
internal sealed class VerdictTallyFormatters
{
    /// <summary>One formatter a form.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Front ends look for an instance method.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new ObjectFormatter<VerdictTally>("text/html", tally => tally.ToHtml()),
        new ObjectFormatter<VerdictTally>("text/plain", tally => tally.ToString()),
    ];
}
