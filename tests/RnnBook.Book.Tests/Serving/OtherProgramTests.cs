using System.Net.WebSockets;
using System.Text.RegularExpressions;

namespace RnnBook.Book.Tests;

/// <summary>
/// Another local program on another port of this machine, whose page the reader's browser opens while the live book is open. Whatever the
/// browser sends it, it uses against the live book.
/// </summary>
public sealed partial class OtherProgramTests(LiveTinyBook live, Browser browser) : IClassFixture<LiveTinyBook>, IClassFixture<Browser>
{
    [SkippableTheory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_program_that_the_readers_browser_visits_cannot_run_code(string host)
    {
        await using var context = await browser.NewContextAsync();
        var page = await LivePage.OpenAsync(context, live.Served, "00-cells");
        await page.RunAsync("cell-2");
        await page.StateAsync("cell-2", "ok");

        using var program = new RecordingServer();
        var visit = await context.NewPageAsync();
        await visit.GotoAsync($"http://{host}:{program.Port}/");
        await visit.GotoAsync(live.Served.Root.ToString());
        await visit.GotoAsync($"http://{host}:{program.Port}/again");
        var heard = program.Heard;
        Assert.Contains("GET /again", heard, StringComparison.Ordinal);
        Assert.DoesNotContain(live.Served.Token, heard, StringComparison.Ordinal);

        // All that it heard, used as a cookie and as a token.
        using var socket = SocketReader.NewSocket(live.Served.Root.GetLeftPart(UriPartial.Authority));
        socket.Options.SetRequestHeader("Cookie", string.Join("; ", Cookies().Matches(heard).Select(match => match.Groups[1].Value.Trim())));
        try
        {
            await socket.ConnectAsync(SocketReader.AddressOf(live.Served, "00-cells"), CancellationToken.None);
            await using var attacker = new SocketReader(socket);
            await attacker.RunAsync(("cell-2", "System.IO.File.WriteAllText(\"stolen\", \"\");"));
            await attacker.UntilAsync(reader => reader.StateOf("cell-2") is "ok" or "failed", 20);
            Assert.Fail("it ran a cell");
        }
        catch (Exception exception) when (exception is WebSocketException or EndOfStreamException)
        {
            Assert.False(File.Exists(Path.Combine(live.Root, "notebooks", "stolen")));
        }
    }

    [SkippableFact]
    public async Task The_browser_sends_the_token_only_where_a_script_of_the_book_does()
    {
        await using var context = await browser.NewContextAsync();
        var sent = new List<string>();
        context.Request += (_, request) => sent.Add($"{request.Method} {request.Url} {string.Join(' ', request.Headers.Select(header => $"{header.Key}: {header.Value}"))}");
        var page = await LivePage.OpenAsync(context, live.Served, "00-cells");
        Assert.Equal(live.Served.Root + "00-cells.html", page.Page.Url);
        Assert.DoesNotContain(sent, text => text.Contains(live.Served.Token, StringComparison.Ordinal));
        Assert.Empty(await context.CookiesAsync());

        await page.Page.RunAndWaitForDownloadAsync(() => page.Page.ClickAsync(".live-bar .download"));
        var download = Assert.Single(sent, text => text.Contains(live.Served.Token, StringComparison.Ordinal));
        Assert.StartsWith($"POST {live.Served.Root}download/", download, StringComparison.Ordinal);
    }

    [GeneratedRegex("^cookie:(.*)$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Cookies();
}
