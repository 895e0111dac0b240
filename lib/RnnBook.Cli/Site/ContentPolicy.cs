using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace RnnBook.Cli;

/// <summary>
/// What a page may do (Content Security Policy): run the book's own scripts and nothing else, so that whatever slips through
/// <see cref="SafeHtml"/> still runs no script, loads nothing from elsewhere and sends nothing.
/// </summary>
/// <remarks>Styles are not restricted: figures and tables bring their own, and a style cannot run code.</remarks>
internal static partial class ContentPolicy
{
    public const string Network = "https://cdn.jsdelivr.net/npm/";

    /// <summary>The tag for a page that is opened as a file or served by any web server.</summary>
    /// <param name="withNetwork">Whether plotly.js and KaTeX come from their pinned addresses.</param>
    /// <param name="withEngine">Whether cells may run in the page: then it starts a worker and fetches the engine, from its own host alone.</param>
    public static string Tag(bool withNetwork, bool withEngine) =>
        $"<meta http-equiv=\"Content-Security-Policy\" content=\"{(withEngine ? WithEngine(withNetwork) : Policy("", "'none'", withNetwork))}\">";

    /// <summary>The policy of pages whose cells run in them, and of the worker that runs them.</summary>
    public static string WithEngine(bool withNetwork) =>
        Policy($" 'wasm-unsafe-eval' {HashOf(PageEngine.ImportMap)}", "'self'", withNetwork) + "; worker-src 'self'";

    /// <summary>The header of the live book's server. It may hold more than the tag can: no page may frame this one.</summary>
    /// <param name="inlineScript">The one script that stands in the page itself.</param>
    /// <param name="withNetwork">As above.</param>
    public static string Header(string inlineScript, bool withNetwork) =>
        Policy($" {HashOf(inlineScript)}", "'self'", withNetwork) + "; frame-ancestors 'none'";

    /// <summary>The page without its tag, for the server that sends the header: a browser would heed both.</summary>
    public static string WithoutTag(string html) => PolicyTag().Replace(html, "", 1);

    private static string HashOf(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";

    private static string Policy(string scripts, string connections, bool withNetwork)
    {
        var network = withNetwork ? " " + Network : "";
        return $"default-src 'none'; script-src 'self'{scripts}{network}; style-src 'self' 'unsafe-inline'{network}; img-src 'self' data: blob:; media-src data:; " +
            $"font-src 'self' data:{network}; connect-src {connections}; form-action 'none'; base-uri 'none'";
    }

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>\n?")]
    private static partial Regex PolicyTag();
}
