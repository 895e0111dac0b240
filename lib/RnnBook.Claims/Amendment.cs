namespace RnnBook;

/// <summary>A change of a claim's criteria after they were first measured against, kept for all to see.</summary>
/// <param name="Date">The day, such as "2026-11-28".</param>
/// <param name="Commit">The commit that made it, abbreviated.</param>
/// <param name="What">What was changed.</param>
/// <param name="Why">Why.</param>
/// <param name="Before">The verdict under the old rule; null if there was none.</param>
/// <param name="After">The verdict under the new rule; null if it was not measured under it.</param>
public sealed record Amendment(string Date, string Commit, string What, string Why, VerdictKind? Before, VerdictKind? After)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Date} ({Commit}): {What} {Why} Verdict before: {Before?.Word() ?? "none"}, after: {After?.Word() ?? "none"}.";
}
