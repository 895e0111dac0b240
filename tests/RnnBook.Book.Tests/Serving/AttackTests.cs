using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace RnnBook.Book.Tests;

/// <summary>What somebody who is not the reader may try: another web page, another program's page, a rebound name, a guessed path.</summary>
public sealed class AttackTests(LiveTinyBook live) : IClassFixture<LiveTinyBook>
{
    private ServedBook Served => live.Served;

    private string OwnOrigin => Served.Root.GetLeftPart(UriPartial.Authority);

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("Bearer .")]
    [InlineData("Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.abcdefghijklmnop")]
    [InlineData("Bearer {token}")]
    [InlineData("Bearer {token}.")]
    [InlineData("Bearer {token}.short")]
    [InlineData("Bearer {token}.abcdefghijklmnop.x")]
    [InlineData("Bearer x{token}.abcdefghijklmnop")]
    [InlineData("Basic {token}.abcdefghijklmnop")]
    public async Task What_cells_said_is_not_given_without_the_token_in_a_header(string? authorization)
    {
        using var client = Served.NewClient();
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/output/00-cells/cell-2"), (HttpMethod.Post, "/download/00-cells") })
        {
            using var request = new HttpRequestMessage(method, $"{path}?token={Served.Token}");
            request.Headers.Add("Origin", OwnOrigin);
            request.Headers.Add("Cookie", $"rnnbook-{Served.Root.Port}={Served.NewAccess()}");
            request.Headers.TryAddWithoutValidation("Authorization", authorization?.Replace("{token}", Served.Token, StringComparison.Ordinal));
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("""{"type":"open","access":""}""")]
    [InlineData("""{"type":"open","access":"{token}"}""")]
    [InlineData("""{"type":"open","access":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.abcdefghijklmnop"}""")]
    [InlineData("""{"type":"run","cells":[{"cell":"cell-2","code":"System.IO.File.WriteAllText(\"made\", \"\")"}]}""")]
    [InlineData("""{"type":"restart"}""")]
    public async Task A_connection_that_does_not_begin_with_the_token_is_closed_and_runs_nothing(string first)
    {
        using var socket = SocketReader.NewSocket(OwnOrigin);
        socket.Options.SetRequestHeader("Cookie", $"rnnbook-{Served.Root.Port}={Served.NewAccess()}");
        await socket.ConnectAsync(SocketReader.AddressOf(Served, "00-cells"), CancellationToken.None);
        await using var page = new SocketReader(socket);
        await page.SendAsync(first.Replace("{token}", Served.Token, StringComparison.Ordinal));
        await Assert.ThrowsAsync<EndOfStreamException>(() => page.UntilAsync(_ => false, 10));
        Assert.Equal(4403, (int)socket.CloseStatus!);
        Assert.Equal(0, page.Messages);
        Assert.False(File.Exists(Path.Combine(live.Root, "notebooks", "made")));
    }

    [Fact]
    public async Task No_answer_sets_a_cookie_or_leads_elsewhere_or_repeats_the_token()
    {
        string[] paths = ["/", $"/?token={Served.Token}", $"//evil.example/x?token={Served.Token}", $"/%2f%2fevil.example?token={Served.Token}",
            $"/\\evil.example/x?token={Served.Token}", "/00-cells.html", "/live/access.js", "/no-such-page"];
        foreach (var path in paths)
        {
            var answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: {Served.Root.Authority}\r\nConnection: close\r\n\r\n");
            Assert.Matches("^HTTP/1.1 (200|404|400) ", answer);
            Assert.DoesNotContain("Set-Cookie", answer, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Location:", answer, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Served.Token, answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_start_has_a_token_of_its_own()
    {
        using var other = new TinyBook().Chapter("00-cells", "1");
        await using var second = await ServedBook.StartAsync(other.Root);
        Assert.NotEqual(Served.Token, second.Token);
        Assert.True(Served.Token.Length >= 43, "256 bits");
        await using var page = await SocketReader.OpenAsync(Served, second.NewAccess(), "00-cells");
        await Assert.ThrowsAsync<EndOfStreamException>(() => page.UntilAsync(_ => false, 10));
        Assert.Equal(4403, (int)page.Socket.CloseStatus!);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("POST")]
    public async Task Pages_can_only_be_read(string method)
    {
        var answer = await RawAsync($"{method} /00-cells.html HTTP/1.1\r\nHost: {Served.Root.Authority}\r\nOrigin: {OwnOrigin}\r\n" +
            $"Authorization: Bearer {Served.NewAccess()}\r\nCookie: rnnbook-{Served.Root.Port}=x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 405 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.168.1.20")]
    [InlineData("0.0.0.0")]
    [InlineData("")]
    public async Task A_name_that_was_pointed_at_this_machine_gets_nothing_even_with_the_token(string host)
    {
        var name = host.Length == 0 ? "" : $"{host}:{Served.Root.Port}";
        var answer = await RawAsync($"GET / HTTP/1.1\r\nHost: {name}\r\nAuthorization: Bearer {Served.NewAccess()}\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 4(21|00) ", answer);
        Assert.DoesNotContain("<html", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("https://127.0.0.1:{port}")]
    [InlineData("http://localhost:{port}")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task A_page_of_another_origin_opens_no_connection(string? origin)
    {
        using var socket = SocketReader.NewSocket(origin?.Replace("{port}", Served.Root.Port.ToString(), StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(SocketReader.AddressOf(Served, "00-cells"), CancellationToken.None));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("own", HttpStatusCode.OK)]
    public async Task Only_the_books_own_pages_may_post(string? origin, HttpStatusCode expected)
    {
        using var client = Served.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/download/00-cells") { Content = new StringContent("{}") };
        request.Headers.Add("Authorization", $"Bearer {Served.NewAccess()}");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin == "own" ? OwnOrigin : origin);
        }

        using var answer = await client.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("/../notebooks/secret.txt")]
    [InlineData("/notebooks/secret.txt")]
    [InlineData("/notebooks/../notebooks/secret.txt")]
    [InlineData("/assets/../../../notebooks/secret.txt")]
    [InlineData("/assets/%2e%2e/%2e%2e/%2e%2e/notebooks/secret.txt")]
    [InlineData("/assets/..%2f..%2f..%2fnotebooks%2fsecret.txt")]
    [InlineData("/assets/..\\..\\..\\notebooks\\secret.txt")]
    [InlineData("/assets//../..//../notebooks/secret.txt")]
    [InlineData("//notebooks/secret.txt")]
    [InlineData("/live/modules/../../../../notebooks/secret.txt")]
    [InlineData("/output/00-cells/..%2f..%2fsecret.txt")]
    [InlineData("/download/..%2fsecret.txt")]
    [InlineData("/session/..%2fsecret.txt")]
    [InlineData("/notebooks/secret.txt%00.ipynb")]
    [InlineData("{root}/notebooks/secret.txt")]
    public async Task No_path_leads_out_of_what_is_listed(string path)
    {
        await File.WriteAllTextAsync(Path.Combine(live.Root, "notebooks", "secret.txt"), "the secret");
        var target = path.Replace("{root}", live.Root, StringComparison.Ordinal);
        var answer = await RawAsync($"GET {target} HTTP/1.1\r\nHost: {Served.Root.Authority}\r\nAuthorization: Bearer {Served.NewAccess()}\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 4(04|00) ", answer);
        Assert.DoesNotContain("the secret", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_among_the_assets_lead_nowhere()
    {
        using var book = new TinyBook().Chapter("00-cells", "1");
        await (await ServedBook.StartAsync(book.Root)).DisposeAsync();
        var (assets, secrets) = (Path.Combine(book.Site, "assets"), Directory.CreateDirectory(Path.Combine(book.Root, "secrets")).FullName);
        await File.WriteAllTextAsync(Path.Combine(secrets, "secret.txt"), "the secret");
        Directory.CreateSymbolicLink(Path.Combine(assets, "folder"), secrets);
        File.CreateSymbolicLink(Path.Combine(assets, "file.txt"), Path.Combine(secrets, "secret.txt"));
        await using var served = await ServedBook.StartAsync(book.Root);
        var icon = Path.Combine(assets, "icon.svg");
        File.Delete(icon);
        File.CreateSymbolicLink(icon, Path.Combine(secrets, "secret.txt"));
        using var client = served.NewClient();
        foreach (var path in new[] { "/assets/folder/secret.txt", "/assets/file.txt", "/assets/icon.svg" })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Every_answer_forbids_foreign_scripts_frames_and_guessed_types()
    {
        foreach (var path in new[] { "/", "/00-cells.html", "/live/main.js", "/nothing" })
        {
            var (_, headers, _) = await GetAsync(path, Served.NewAccess());
            var policy = headers.GetValues("Content-Security-Policy").Single();
            var scripts = policy.Split(';').Single(part => part.Trim().StartsWith("script-src", StringComparison.Ordinal));
            Assert.DoesNotContain("unsafe", scripts, StringComparison.Ordinal);
            Assert.DoesNotContain("http", scripts, StringComparison.Ordinal);
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", headers.GetValues("Cross-Origin-Resource-Policy").Single());
            Assert.False(headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task A_reader_sees_nothing_of_another_readers_session()
    {
        var (mine, theirs) = (Served.NewAccess(), Served.NewAccess());
        await using var page = await SocketReader.OpenAsync(Served, mine, "01-others");
        await page.RunAsync(("cell-2", "var mine = 1; Console.WriteLine(\"private\");"));
        await page.UntilAsync(reader => reader.StateOf("cell-2") == "ok");
        Assert.Contains("private", (await GetAsync("/output/01-others/cell-2", mine)).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/output/01-others/cell-2", theirs)).Status);

        await using var other = await SocketReader.OpenAsync(Served, theirs, "01-others");
        await other.RunAsync(("cell-2", "Console.WriteLine(mine);"));
        await other.UntilAsync(reader => reader.StateOf("cell-2") == "failed");
        Assert.Equal("CompileError", (string?)other.DetailsOf("cell-2")["errorName"]);
    }

    [Theory]
    [InlineData("not json", WebSocketCloseStatus.PolicyViolation)]
    [InlineData("""{"type":"format-disk"}""", WebSocketCloseStatus.PolicyViolation)]
    [InlineData("""{"type":"run"}""", WebSocketCloseStatus.PolicyViolation)]
    [InlineData("""{"type":"run","cells":[null]}""", WebSocketCloseStatus.PolicyViolation)]
    [InlineData("""{"type":"complete","id":1,"code":null,"position":0}""", WebSocketCloseStatus.PolicyViolation)]
    [InlineData("two megabytes", WebSocketCloseStatus.MessageTooBig)]
    public async Task What_is_no_message_or_too_long_ends_the_connection(string message, WebSocketCloseStatus expected)
    {
        await using var page = await SocketReader.OpenAsync(Served, Served.NewAccess(), "00-cells");
        await page.SendAsync(message == "two megabytes" ? new string(' ', 2 << 20) : message);
        await Assert.ThrowsAsync<EndOfStreamException>(() => page.UntilAsync(_ => false, 10));
        Assert.Equal(expected, page.Socket.CloseStatus);
    }

    [Fact]
    public async Task Cells_that_the_chapter_does_not_have_are_not_run()
    {
        await using var page = await SocketReader.OpenAsync(Served, Served.NewAccess(), "02-more");
        await page.RunAsync(("cell-99", "System.IO.File.WriteAllText(\"made\", \"\")"), ("cell-2", "1 + 1"));
        await page.UntilAsync(reader => reader.StateOf("cell-2") == "ok");
        Assert.False(File.Exists(Path.Combine(live.Root, "notebooks", "made")));
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused()
    {
        using var client = Served.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/download/00-cells") { Content = new StringContent("{\"a\":\"" + new string('x', 5 << 20) + "\"}") };
        request.Headers.Add("Authorization", $"Bearer {Served.NewAccess()}");
        request.Headers.Add("Origin", OwnOrigin);
        request.Headers.ExpectContinue = true;
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [SkippableFact]
    public async Task Other_machines_reach_nothing()
    {
        var own = (await Dns.GetHostAddressesAsync(Dns.GetHostName())).FirstOrDefault(
            address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        Skip.If(own is null, "this machine has no address but 127.0.0.1");
        using var client = new TcpClient();
        var refused = await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(own, Served.Root.Port));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.1.20")]
    [InlineData("::")]
    public async Task Listening_for_others_must_be_asked_for_twice(string host)
    {
        var result = await BookProcess.RunAsync(live.Root, "serve", "--port", "0", "--host", host);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--i-know-this-runs-code", Assert.Single(result.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("token", result.Output, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, System.Net.Http.Headers.HttpResponseHeaders Headers, string Body)> GetAsync(string path, string access)
    {
        using var client = Served.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Authorization", $"Bearer {access}");
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, answer.Headers, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A request as it stands: no client tidies its path or its headers.</summary>
    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Served.Root.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
