using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RnnBook.Cli;

/// <summary>The live book: the site's pages, and a connection from each open chapter to its engine.</summary>
internal sealed class BookServer : IAsyncDisposable
{
    private const long LongestBody = 4 << 20;

    private readonly WebApplication app;
    private readonly SessionPool pool;
    private readonly AccessToken access = new();
    private readonly CancellationTokenSource ending = new();

    private BookServer(WebApplication app, SessionPool pool) => (this.app, this.pool) = (app, pool);

    /// <summary>Where it listens: <c>http://127.0.0.1:8707</c>.</summary>
    public Uri Root { get; private set; } = null!;

    /// <summary>The address that lets a reader in.</summary>
    public Uri Address => new(Root, $"/#token={access.Text}");

    /// <summary>Starts to listen.</summary>
    /// <param name="book">The book, whose site has been written.</param>
    /// <param name="settings">Where to listen, what chapters are told.</param>
    /// <param name="assets">Plotly.js, KaTeX, CodeMirror.</param>
    /// <exception cref="BookException">The port is taken, or the address is not this machine's.</exception>
    public static async Task<BookServer> StartAsync(BookFolder book, ServeSettings settings, WebAssets assets)
    {
        var builder = Listening.NewBuilder(book, settings, kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            kestrel.Limits.MaxConcurrentConnections = 500;
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var pool = new SessionPool(book, settings);
        var server = new BookServer(builder.Build(), pool);
        server.Map(book, settings, assets);
        try
        {
            await Listening.StartAsync(server.app, settings);
        }
        catch (BookException)
        {
            await server.DisposeAsync();
            throw;
        }

        server.Root = new Uri(server.app.Urls.First());
        return server;
    }

    /// <summary>Ends all engines and closes all pages' connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await pool.DisposeAsync();
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
        {
            await app.StopAsync(patience.Token);
        }

        await app.DisposeAsync();
        ending.Dispose();
    }

    private void Map(BookFolder book, ServeSettings settings, WebAssets assets)
    {
        var pages = new LivePages(book, WebAssets.OwnFolder, assets);
        var policy = ContentPolicy.Header(LivePages.ImportMap, withNetwork: !assets.IsLocal);
        var chapters = ChapterList.Of(book).ToDictionary(chapter => chapter.Name);
        app.Use(async (context, next) =>
        {
            AddHeaders(context.Response.Headers, policy);
            await next(context);
        });
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(30) });
        app.Use(new RequestGuard(!IPAddress.IsLoopback(settings.Host)).CheckAsync);
        app.Run(async context =>
        {
            var parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var chapter = parts.Length > 1 ? chapters.GetValueOrDefault(parts[1]) : null;
            switch (parts)
            {
                case ["session", _] when chapter is not null && context.WebSockets.IsWebSocketRequest:
                    using (var socket = await context.WebSockets.AcceptWebSocketAsync())
                    {
                        var connection = new PageConnection(socket, shown => access.TryRead(shown, out var reader) ? pool.SessionOf(reader, chapter) : null);
                        await connection.ServeAsync(ending.Token);
                    }

                    break;
                case ["output", _, var cell] when chapter is not null && HttpMethods.IsGet(context.Request.Method):
                    await ForReaderAsync(context, chapter, session => SendTranscriptAsync(context, session, cell));
                    break;
                case ["download", _] when chapter is not null && HttpMethods.IsPost(context.Request.Method):
                    await ForReaderAsync(context, chapter, session => new NotebookDownload(chapter, session).SendAsync(context));
                    break;
                default:
                    await pages.AnswerAsync(context);
                    break;
            }
        });
    }

    /// <summary>Lets a request at what a reader's cells have said.</summary>
    private async Task ForReaderAsync(HttpContext context, Chapter chapter, Func<ChapterSession?, Task> answer)
    {
        if (access.TryReadHeader(context.Request.Headers.Authorization.ToString(), out var reader))
        {
            await answer(pool.Find(reader, chapter.Name));
        }
        else
        {
            await RequestGuard.RefuseAsync(context.Response, "Open the whole address that `book serve` printed last.");
        }
    }

    private static async Task SendTranscriptAsync(HttpContext context, ChapterSession? session, string cell)
    {
        using var transcript = session?.Notebook.OpenTranscript(cell);
        if (transcript is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        await transcript.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static void AddHeaders(IHeaderDictionary headers, string policy)
    {
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    /// <summary>Ctrl-C is the command's to hear.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
