using System.Text.RegularExpressions;

namespace RnnBook.Notebook;

/// <summary>A package that a cell asks for.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">A version or a range of versions; <c>*</c> is the newest stable one.</param>
internal sealed partial record PackageRequest(string Id, string Version)
{
    private const string Scheme = "nuget:";

    /// <summary>Reads <c>nuget: Id, Version</c>, the version may be missing; null for a reference that is no package.</summary>
    /// <exception cref="ReferenceException">It is not understood.</exception>
    public static PackageRequest? Read(string reference)
    {
        if (!reference.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var match = Form().Match(reference[Scheme.Length..]);
        return match.Success
            ? new PackageRequest(match.Groups["id"].Value, match.Groups["version"] is { Success: true, Value: var version } ? version : "*")
            : throw new ReferenceException($"'{reference}' is not understood: write #r \"nuget: Id, Version\".");
    }

    public override string ToString() => Version == "*" ? Id : $"{Id} {Version}";

    // The comma inside a range such as [1.0, 2.0) is no separator.
    [GeneratedRegex(@"^\s*(?<id>[A-Za-z0-9_.\-]+)\s*(?:,\s*(?<version>[\[(][A-Za-z0-9_.\-+, ]*[\])]|[A-Za-z0-9_.\-+*]+)\s*)?$")]
    private static partial Regex Form();
}
