namespace RnnBook;

/// <summary>What measurement says of a claim.</summary>
public enum VerdictKind
{
    /// <summary>True as stated.</summary>
    Reproduced,

    /// <summary>True under a condition that the source leaves out.</summary>
    Qualified,

    /// <summary>Not true as stated, nor under the condition, if there is one.</summary>
    Refuted,

    /// <summary>Nothing to measure, for a reason given.</summary>
    NotTested,
}

/// <summary>The sort of statement that a claim makes.</summary>
public enum ClaimKind
{
    /// <summary>A definition or formula: shown, and checked by number.</summary>
    Definition,

    /// <summary>An empirical claim: measured.</summary>
    Experiment,

    /// <summary>A program that a source shows: rebuilt.</summary>
    System,

    /// <summary>History or context: a sourced note.</summary>
    History,

    /// <summary>An opinion or forecast.</summary>
    Opinion,
}

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
