using System.Net;
using System.Text.RegularExpressions;

namespace RnnBook.Book.Tests;

/// <summary>`book serve` as a reader starts it: a process that prints an address.</summary>
internal sealed partial class ServedBook : IAsyncDisposable
{
    private ServedBook(BookProcess process, Uri address) => (Process, Address) = (process, address);

    public BookProcess Process { get; }

    /// <summary>What it printed, with the token.</summary>
    public Uri Address { get; }

    public Uri Root => new(Address.GetLeftPart(UriPartial.Authority));

    /// <summary>Starts it on a free port.</summary>
    public static async Task<ServedBook> StartAsync(string folder, params string[] more)
    {
        var process = BookProcess.Start(folder, ["serve", "--port", "0", .. more]);
        await process.SaysAsync("Ctrl-C");
        return new ServedBook(process, new Uri(PrintedAddress().Match(process.Output).Value));
    }

    /// <summary>A client without a cookie of its own accord, which follows no redirect.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Root };

    /// <summary>The cookie that the printed address gives: name=value.</summary>
    public async Task<string> LetInAsync()
    {
        using var client = NewClient();
        using var answer = await client.GetAsync(Address);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    public async ValueTask DisposeAsync()
    {
        Process.Interrupt();
        await Process.EndAsync();
        Process.Dispose();
    }

    [GeneratedRegex(@"http://\S+\?token=\S+")]
    private static partial Regex PrintedAddress();
}
