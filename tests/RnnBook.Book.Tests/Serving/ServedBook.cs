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
    public static Task<ServedBook> StartAsync(string folder, params string[] more) => StartAsync(folder, [], more);

    /// <summary>The same, with environment variables.</summary>
    public static async Task<ServedBook> StartAsync(string folder, Dictionary<string, string> environment, params string[] more)
    {
        var process = BookProcess.Start(folder, environment, ["serve", "--port", "0", .. more]);
        await process.SaysAsync("Ctrl-C");
        return new ServedBook(process, new Uri(PrintedAddress().Match(process.Output).Value));
    }

    /// <summary>A client without cookies of its own accord, which follows no redirect.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Root };

    /// <summary>What a new reader's page shows to be let in: token and reader.</summary>
    public string NewAccess() => $"{Token}.{Guid.NewGuid():n}";

    public string Token => Address.Fragment["#token=".Length..];

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasEnded)
        {
            Process.Interrupt();
        }

        await Process.EndAsync();
        Process.Dispose();
    }

    [GeneratedRegex(@"http://\S+/#token=\S+")]
    private static partial Regex PrintedAddress();
}
