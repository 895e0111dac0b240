using System.Net;
using RnnBook.Cli;

namespace RnnBook.Browser.Tests;

/// <summary>The book's own site with the engine in its pages, as `book site` leaves it, on a static host.</summary>
public sealed class PublishedSite : IAsyncLifetime
{
    private StaticServer? server;
    private string missing = "";

    /// <summary>Other tests write the book's usual site meanwhile.</summary>
    internal static BookFolder Folder { get; } = Find();

    /// <summary>Where the engine's files lie.</summary>
    internal static string Engine => Path.Combine(Folder.Site, "assets", "engine");

    public async Task InitializeAsync()
    {
        if (!Thorough.IsAsked && NodeChapterTests.Asked is null && !IsPublished)
        {
            missing = "The engine of the pages takes minutes to publish: `book site` or RNNBOOK_THOROUGH=1 does it";
            return;
        }

        var site = await BookProcess.RunAsync(Folder.Root, "site", "--output", Folder.Site);
        Assert.True(site.ExitCode == 0, site.ToString());
        if (site.Output.Contains("NU1", StringComparison.Ordinal) || site.Output.Contains("NETSDK1", StringComparison.Ordinal))
        {
            missing = $"The packs for WebAssembly cannot be had here: {site.Output.Trim()}";
            return;
        }

        Assert.True(File.Exists(Path.Combine(Engine, "dotnet.js")), site.ToString());
        server = await StaticServer.StartAsync(Folder, new ServeSettings(IPAddress.Loopback, 0, new RunSettings("quick", 1, null), 1));
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>Where the site is served; skips the test where it could not be built.</summary>
    internal Uri Address
    {
        get
        {
            Require();
            return server!.Address;
        }
    }

    /// <summary>Whether `book site` has published an engine, which may be of an earlier state.</summary>
    private static bool IsPublished => Directory.Exists(Path.Combine(Folder.Root, "artifacts", "publish", "RnnBook.Browser"));

    private static BookFolder Find()
    {
        var book = BookFolder.Find();
        return book.WithSite(Path.Combine(book.Root, "artifacts", "site-with-engine"));
    }

    internal void Require() => Skip.If(missing.Length > 0, missing);
}

/// <summary>Tests of this collection share the one site.</summary>
[CollectionDefinition(Name)]
public sealed class PublishedSiteTests : ICollectionFixture<PublishedSite>
{
    public const string Name = "published site";
}
