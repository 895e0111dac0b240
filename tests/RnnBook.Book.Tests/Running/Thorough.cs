namespace RnnBook.Book.Tests;

/// <summary>
/// What takes a page or a chapter each, and many minutes together, is done to a few of them, and to all with RNNBOOK_THOROUGH=1, as CI does; so are
/// tests that take a minute each on a machine of two cores. RNNBOOK_THOROUGH=all also does what other tests of CI do to all in another way.
/// </summary>
internal static class Thorough
{
    private static readonly string? Asked = Environment.GetEnvironmentVariable("RNNBOOK_THOROUGH");

    public static bool IsAsked => Asked is "1" or "all";

    public static bool IsAllAsked => Asked == "all";

    /// <summary>Skips a test that takes long.</summary>
    public static void Need() => Skip.IfNot(IsAsked, "It takes about a minute: RNNBOOK_THOROUGH=1 runs it, as CI does");

    /// <summary>All names, or those that begin so.</summary>
    public static IEnumerable<string> OrOnly(IEnumerable<string> names, params string[] beginnings) =>
        names.Where(name => IsAsked || IsOneOf(name, beginnings));

    /// <summary>Names that begin so, more of them where it is asked for; all only if all are.</summary>
    public static IEnumerable<string> Only(IEnumerable<string> names, string[] few, string[] more) =>
        names.Where(name => IsAllAsked || IsOneOf(name, IsAsked ? more : few));

    private static bool IsOneOf(string name, string[] beginnings) => beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal));
}
