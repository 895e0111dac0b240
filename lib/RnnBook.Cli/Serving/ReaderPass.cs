using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace RnnBook.Cli;

/// <summary>
/// Who may run code: whoever has the token, which is new at every start and stands only in the printed address. On the first visit it is
/// exchanged for a cookie that names the reader and is signed with the token, so that cookies of an earlier start are worth nothing.
/// </summary>
internal sealed class ReaderPass
{
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>The token of this start: 256 random bits.</summary>
    public string Token => Base64Url.EncodeToString(secret);

    public bool IsToken(string text) => Same(text, Token);

    /// <summary>A cookie for a new reader.</summary>
    public string NewCookie()
    {
        var reader = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));
        return $"{reader}.{Sign(reader)}";
    }

    /// <summary>The reader's name in a cookie that this start has given out.</summary>
    public bool TryRead(string? cookie, [NotNullWhen(true)] out string? reader)
    {
        reader = null;
        if (cookie?.Split('.') is [var name, var signature] && Same(signature, Sign(name)))
        {
            reader = name;
        }

        return reader is not null;
    }

    private string Sign(string reader) => Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(reader)));

    private static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
