using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace RnnBook.Cli;

/// <summary>The static site as a good host serves it: compressed where a compressed file lies beside, kept by the browser where a name holds its hash.</summary>
internal sealed class StaticServer : IAsyncDisposable
{
    private static readonly (string Name, string Ending)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    private readonly WebApplication app;

    private StaticServer(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <exception cref="BookException">The port is taken, or the address is not this machine's.</exception>
    public static async Task<StaticServer> StartAsync(BookFolder book, ServeSettings settings)
    {
        var server = new StaticServer(Listening.NewBuilder(book, settings).Build());
        server.Map(book.Site);
        try
        {
            await Listening.StartAsync(server.app, settings);
        }
        catch (BookException)
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map(string site)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".ipynb"] = "application/x-ipynb+json";
        types.Mappings[".jsonl"] = "application/x-ndjson";
        var files = new PhysicalFileProvider(site);
        app.Use((context, next) =>
        {
            Choose(context, site, types);
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, ContentTypeProvider = types, ServeUnknownFileTypes = true, OnPrepareResponse = Finish });
        app.Run(context => RequestGuard.RefuseAsync(context.Response, "There is no such page.", StatusCodes.Status404NotFound));
    }

    /// <summary>Leads the request to the compressed file that lies beside the one asked for, if the browser takes it.</summary>
    private static void Choose(HttpContext context, string site, FileExtensionContentTypeProvider types)
    {
        var request = context.Request;
        if (request.Path == "/")
        {
            request.Path = "/index.html";
        }

        var accepted = request.Headers.AcceptEncoding.ToString();
        var path = request.Path.Value!;
        var file = Path.GetFullPath(Path.Combine(site, path.TrimStart('/')));
        if (!types.TryGetContentType(path, out var type) || !file.StartsWith(site, StringComparison.Ordinal))
        {
            return;
        }

        context.Items["type"] = type;
        context.Items["name"] = path;
        if (Encodings.FirstOrDefault(encoding => accepted.Contains(encoding.Name, StringComparison.Ordinal) && File.Exists(file + encoding.Ending))
            is { Name: { } name, Ending: var ending })
        {
            request.Path = path + ending;
            context.Items["encoding"] = name;
        }
    }

    private static void Finish(StaticFileResponseContext context)
    {
        var headers = context.Context.Response.Headers;
        var items = context.Context.Items;
        headers.ContentType = (string?)items["type"] ?? headers.ContentType;
        headers.ContentEncoding = (string?)items["encoding"];
        headers.Vary = "Accept-Encoding";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = ContentPolicy.WithEngine(withNetwork: true);
        headers.CacheControl = HasHash((string?)items["name"]) ? "public, max-age=31536000, immutable" : "no-cache";
    }

    /// <summary>Whether the file's name says its content: dotnet.native.rw4kynp763.wasm.</summary>
    private static bool HasHash(string? name) =>
        name is not null && name.StartsWith("/assets/engine/", StringComparison.Ordinal) && name.Split('.') is { Length: > 2 } parts && parts[^2].Length == 10;
}
