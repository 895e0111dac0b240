using Microsoft.AspNetCore.Http;

namespace RnnBook.Cli;

/// <summary>The site's own pages with what makes them live: a script that turns code cells into editors. Only listed files are ever read.</summary>
internal sealed class LivePages
{
    public static readonly string ImportMap = EditorModules.ImportMap("/live/modules/");

    private static readonly string Tags = $"""
        <script src="/live/access.js"></script>
        <script type="importmap">{ImportMap}</script>
        <link rel="stylesheet" href="/live/live.css">
        <script type="module" src="/live/main.js"></script>
        """;

    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal);
    private readonly WebAssets assets;

    /// <summary>Lists what may be served.</summary>
    /// <param name="book">The book, whose site has been written.</param>
    /// <param name="web">The folder web/ with what npm fetched.</param>
    /// <param name="assets">Where pages find plotly.js and KaTeX.</param>
    public LivePages(BookFolder book, string web, WebAssets assets)
    {
        this.assets = assets;
        AddFolder("/", book.Site, "*.html");
        AddFolder("/assets/", Path.Combine(book.Site, "assets"), "*");
        AddFolder("/live/", Path.Combine(web, "live"), "*");
        AddFolder("/notebooks/", book.Notebooks, "*.ipynb");
        foreach (var (path, file) in EditorModules.Files(Path.Combine(web, "node_modules")))
        {
            Add($"/live/modules/{path}", file);
        }

        Add("/data/claims.json", book.ClaimsFile);
        Add("/", Path.Combine(book.Site, "index.html"));
    }

    /// <summary>Answers with a file of the list, or that there is none.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.Headers.Allow = "GET, HEAD";
            await RequestGuard.RefuseAsync(response, "Pages can only be read.", StatusCodes.Status405MethodNotAllowed);
            return;
        }

        if (!files.TryGetValue(request.Path.Value ?? "/", out var file) || !IsOwnFile(file))
        {
            await RequestGuard.RefuseAsync(response, "There is no such page.", StatusCodes.Status404NotFound);
            return;
        }

        response.ContentType = ContentType(file);
        if (file.EndsWith(".html", StringComparison.Ordinal))
        {
            var html = await File.ReadAllTextAsync(file, context.RequestAborted);
            await response.WriteAsync(MadeLive(html), context.RequestAborted);
            return;
        }

        // Scripts of some megabytes: the browser keeps them, and asks each time whether they are still the same.
        var tag = $"\"{File.GetLastWriteTimeUtc(file).Ticks:x}\"";
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.ETag = tag;
        if (request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await response.SendFileAsync(file, context.RequestAborted);
    }

    /// <summary>Cells may show figures and formulas on a page that had none when it was written.</summary>
    private string MadeLive(string html)
    {
        var missing = assets.HeadTags(
            withFigures: !html.Contains("name=\"plotly-full\"", StringComparison.Ordinal), withMath: !html.Contains("katex.min.js", StringComparison.Ordinal));
        return PageEngine.WithoutTags(ContentPolicy.WithoutTag(html)).Replace("</head>", $"{missing}\n{Tags}\n</head>", StringComparison.Ordinal);
    }

    private void AddFolder(string prefix, string folder, string pattern)
    {
        // A link may lead anywhere: none is followed.
        var options = new EnumerationOptions { RecurseSubdirectories = pattern == "*", AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in Directory.EnumerateFiles(folder, pattern, options))
        {
            Add(prefix + Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), file);
        }
    }

    /// <summary>A file may have been replaced by a link since it was listed.</summary>
    private static bool IsOwnFile(string file) => File.Exists(file) && !File.GetAttributes(file).HasFlag(FileAttributes.ReparsePoint);

    private void Add(string path, string file) => files[path] = file;

    private static string ContentType(string file) => Path.GetExtension(file) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        ".json" => "application/json",
        ".ipynb" => "application/x-ipynb+json",
        ".png" => "image/png",
        _ => "text/plain; charset=utf-8",
    };
}
