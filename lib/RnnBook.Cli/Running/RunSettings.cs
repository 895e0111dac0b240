namespace RnnBook.Cli;

/// <summary>What a run of the book can be told.</summary>
/// <param name="Profile">quick, full or paper; chapters read it from RNNBOOK_PROFILE.</param>
/// <param name="Seed">Where all random numbers start; chapters read it from RNNBOOK_SEED.</param>
/// <param name="CellLimit">How long one cell may run; null is without limit.</param>
internal sealed record RunSettings(string Profile, ulong Seed, TimeSpan? CellLimit)
{
    public static IReadOnlyList<string> Profiles { get; } = ["quick", "full", "paper"];

    /// <summary>A limit that only a cell which hangs can reach.</summary>
    public static TimeSpan? UsualCellLimit(string profile) => profile switch
    {
        "quick" => TimeSpan.FromMinutes(3),
        "full" => TimeSpan.FromMinutes(40),
        _ => null,
    };

    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["RNNBOOK_PROFILE"] = Profile,
        ["RNNBOOK_SEED"] = Seed.ToString(),
    };
}
