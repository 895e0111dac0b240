using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace RnnBook.Cli;

/// <summary>
/// Who may run code: whoever has the token, which is new at every start. It stands in the printed address behind the <c>#</c>, which a browser
/// sends to nobody; the page keeps it and shows it in the first message of a connection or in a header. There is no cookie: browsers send
/// those to every port of a machine, so that another program's page on this machine would get it.
/// </summary>
internal sealed partial class AccessToken
{
    private const string Scheme = "Bearer ";

    /// <summary>The token of this start: 256 random bits.</summary>
    public string Text { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The reader whose page shows the token, as <c>token.reader</c>. The reader's name is as random as the token: a browser's own.</summary>
    public bool TryRead(string? shown, [NotNullWhen(true)] out string? reader)
    {
        reader = shown?.Split('.') is [var token, var name] && IsSame(token, Text) && ReaderName().IsMatch(name) ? name : null;
        return reader is not null;
    }

    /// <summary>The same, from the header <c>Authorization: Bearer token.reader</c>.</summary>
    public bool TryReadHeader(string header, [NotNullWhen(true)] out string? reader)
    {
        reader = null;
        return header.StartsWith(Scheme, StringComparison.Ordinal) && TryRead(header[Scheme.Length..], out reader);
    }

    private static bool IsSame(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));

    [GeneratedRegex("^[A-Za-z0-9_-]{16,64}$")]
    private static partial Regex ReaderName();
}
