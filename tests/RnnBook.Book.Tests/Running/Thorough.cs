namespace RnnBook.Book.Tests;

/// <summary>
/// What takes a page or a chapter each, and many minutes together, is done to a few of them, and to all with RNNBOOK_THOROUGH=1, as CI does; so are
/// tests that take a minute each on a machine of two cores.
/// </summary>
internal static class Thorough
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("RNNBOOK_THOROUGH") == "1";

    /// <summary>Skips a test that takes long.</summary>
    public static void Need() => Skip.IfNot(IsAsked, "It takes about a minute: RNNBOOK_THOROUGH=1 runs it, as CI does");

    /// <summary>All names, or those that begin so.</summary>
    public static IEnumerable<string> OrOnly(IEnumerable<string> names, params string[] beginnings) =>
        names.Where(name => IsAsked || beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal)));
}
