namespace RnnBook.Cli;

/// <summary>Verdicts as pages show them: a badge for one, a bar with a legend for all.</summary>
internal static class VerdictBar
{
    /// <summary>
    /// The colour of each outcome, for the style sheet: one for both themes, since white text stands on it. A claim that should have a verdict and
    /// has none is as bad as refuted.
    /// </summary>
    public static string StyleSheet { get; } = string.Concat(Enum.GetValues<VerdictKind>().Select(verdict => (verdict.Word(), verdict))
        .Concat([("no verdict", VerdictKind.Refuted), ("open", VerdictKind.NotTested), ("not run", VerdictKind.NotTested)])
        .Select(look => $".{Class(look.Item1)} {{ --verdict: {look.Item2.Colour()}; }}\n"));

    public static string Badge(string outcome) => $"<span class=\"badge {Class(outcome)}\">{Mark(outcome)} {outcome}</span>";

    /// <summary>A bar whose parts are as long as there are claims, and the numbers in words.</summary>
    public static string Of(Ledger ledger)
    {
        var parts = ledger.Counts.Select(part => $"<span class=\"{Class(part.Outcome)}\" style=\"flex-grow:{part.Count}\"></span>");
        var legend = ledger.Counts.Select(part => $"<li>{Badge(part.Outcome)} {part.Count}</li>");
        return $"""
            <div class="verdict-bar" aria-hidden="true">{string.Concat(parts)}</div>
            <ul class="legend">{string.Concat(legend)}</ul>
            """;
    }

    /// <summary>A class for the style sheet: <c>is-not-tested</c>.</summary>
    public static string Class(string outcome) => "is-" + outcome.Replace(",", "", StringComparison.Ordinal).Replace(' ', '-');

    /// <summary>A sign that tells verdicts apart without colour.</summary>
    private static char Mark(string outcome) => VerdictLook.Parse(outcome)?.Mark() ?? (outcome is "open" or "not run" ? '○' : '–');
}
