namespace RnnBook;

/// <summary>How claims.json writes the kinds.</summary>
internal static class ClaimWords
{
    private static readonly Dictionary<string, ClaimKind> Kinds = new()
    {
        ["def"] = ClaimKind.Definition,
        ["exp"] = ClaimKind.Experiment,
        ["sys"] = ClaimKind.System,
        ["his"] = ClaimKind.History,
        ["opn"] = ClaimKind.Opinion,
    };

    private static readonly Dictionary<string, VerdictKind> Verdicts = new()
    {
        ["reproduced"] = VerdictKind.Reproduced,
        ["qualified"] = VerdictKind.Qualified,
        ["refuted"] = VerdictKind.Refuted,
        ["not tested"] = VerdictKind.NotTested,
    };

    public static IEnumerable<string> AllKinds => Kinds.Keys;

    public static IEnumerable<string> AllVerdicts => Verdicts.Keys;

    public static bool TryKind(string word, out ClaimKind kind) => Kinds.TryGetValue(word, out kind);

    public static bool TryVerdict(string word, out VerdictKind verdict) => Verdicts.TryGetValue(word, out verdict);

    public static string Word(this ClaimKind kind) => Kinds.First(pair => pair.Value == kind).Key;

    public static string Word(this VerdictKind verdict) => Verdicts.First(pair => pair.Value == verdict).Key;

    /// <summary>A number as a reader likes it: four digits, "1.5e-07" for the very small.</summary>
    public static string Number(double value) => double.IsPositiveInfinity(value) ? "∞" : double.IsNegativeInfinity(value) ? "−∞"
        : value.ToString("G4").Replace("E", "e", StringComparison.Ordinal);
}
