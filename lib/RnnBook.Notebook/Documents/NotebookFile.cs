using System.Text;
using System.Text.RegularExpressions;

namespace RnnBook.Notebook;

/// <summary>A notebook file's text: what its bytes mean, or why they mean nothing.</summary>
internal static partial class NotebookFile
{
    /// <summary>A larger notebook opens in no front end either.</summary>
    private const int MostMegabytes = 512;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="NotebookException">The file cannot be read, is too long, or is no UTF-8 text.</exception>
    public static string ReadText(string path) => Decode(ReadBytes(path), path);

    /// <exception cref="NotebookException">The file cannot be read, or is too long.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > (long)MostMegabytes << 20)
            {
                throw new NotebookException($"{path}: is larger than {MostMegabytes} MB: clear its outputs.");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new NotebookException($"{path}: cannot be read: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <summary>
    /// The same text with U+FFFD for half a surrogate pair written as <c>\ud83d</c>, which is no character: Python writes such, and nothing
    /// else can read it.
    /// </summary>
    public static string WithWholeCharacters(string json) => HalfCharacter().Replace(json, match => match.Groups["half"].Success ? "\\ufffd" : match.Value);

    private static string Decode(byte[] bytes, string path)
    {
        var text = bytes.AsSpan();
        if (text.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException exception)
        {
            var before = text[..exception.Index];
            var line = before.Count((byte)'\n') + 1;
            var column = before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1;
            throw new NotebookException(
                $"{path}: line {line}, column {column}: the byte {text[exception.Index]:x2} is no UTF-8: save the notebook as UTF-8.", exception);
        }
    }

    // Every escape is matched, so that an escaped backslash before a u is none.
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\[^u]")]
    private static partial Regex HalfCharacter();
}
