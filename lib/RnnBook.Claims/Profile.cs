namespace RnnBook;

/// <summary>
/// How much work a run of the book does: "quick" (minutes), "full" (an hour), or "paper" (the published settings, hours); and the seed
/// from which all its seeds follow. Read from the environment: RNNBOOK_PROFILE (default quick) and RNNBOOK_SEED (default 1).
/// </summary>
public sealed class Profile
{
    private static readonly string[] Names = ["quick", "full", "paper"];
    private readonly int index;

    private Profile(int index, ulong seed) => (this.index, Seed) = (index, seed);

    /// <summary>The profile that the environment asks for.</summary>
    /// <exception cref="ArgumentException">A variable holds something else than a profile or a seed.</exception>
    public static Profile Current =>
        Read(Environment.GetEnvironmentVariable("RNNBOOK_PROFILE"), Environment.GetEnvironmentVariable("RNNBOOK_SEED"));

    /// <summary>"quick", "full" or "paper".</summary>
    public string Name => Names[index];

    /// <summary>The seed of the whole run.</summary>
    public ulong Seed { get; }

    /// <summary>The value that belongs to this profile.</summary>
    public T Pick<T>(T quick, T full, T paper) => index == 0 ? quick : index == 1 ? full : paper;

    /// <summary>As many seeds as this profile asks for; other ones for each <see cref="Seed"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number outside 1 to 1000.</exception>
    public IReadOnlyList<ulong> Seeds(int quick, int full, int paper)
    {
        var count = Pick(quick, full, paper);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1000);
        return [.. Enumerable.Range(0, count).Select(i => (Seed * 1000) + (ulong)i)];
    }

    /// <inheritdoc/>
    public override string ToString() => $"profile {Name}, seed {Seed}";

    internal static Profile Read(string? name, string? seed)
    {
        var index = string.IsNullOrEmpty(name) ? 0 : Array.IndexOf(Names, name);
        if (index < 0)
        {
            throw new ArgumentException($"RNNBOOK_PROFILE is \"{name}\": quick, full or paper is needed.");
        }

        var number = 1UL;
        if (!string.IsNullOrEmpty(seed) && !ulong.TryParse(seed, out number))
        {
            throw new ArgumentException($"RNNBOOK_SEED is \"{seed}\": a whole number, 0 or more, is needed.");
        }

        return new Profile(index, number);
    }
}
