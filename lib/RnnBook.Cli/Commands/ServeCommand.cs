using System.CommandLine;
using Spectre.Console;

namespace RnnBook.Cli;

/// <summary><c>book serve</c>: the book in the browser, where every cell can be changed and run.</summary>
internal static class ServeCommand
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "Where to listen; 0 takes a free port. The browser keeps a reader's edits by address and port.",
        DefaultValueFactory = _ => ServeSettings.UsualPort,
    };

    private static readonly Option<string> Host = new("--host")
    {
        Description = "The IP address to listen on. Only this machine can reach the usual one.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<bool> KnowsRisk = new("--i-know-this-runs-code") { Description = "Allow a --host that others on the network can reach." };

    private static readonly Option<int> Engines = new("--engines")
    {
        Description = "How many chapters may have a running engine at once; the one idle longest makes pool for the next.",
        DefaultValueFactory = _ => ServeSettings.UsualEngines,
    };

    private static readonly Option<bool> Static = new("--static")
    {
        Description = "Serve the site's files as any web host would: cells run in the page, none on this machine.",
    };

    public static Command Create(Option<string> profile, Option<ulong> seed)
    {
        Port.Needs("a number from 0 to 65535", 0, 65535);
        Engines.Needs("a number from 1 to 100", 1, 100);
        var serve = new Command("serve", "The live book in the browser: read, change and run every cell.") { Port, Host, KnowsRisk, Engines, Static, profile, seed };
        serve.SetAction((parsed, token) => (parsed.GetValue(Static) ? (Func<ServeSettings, CancellationToken, Task<int>>)RunStaticAsync : RunAsync)(
            new ServeSettings(
                ServeSettings.HostOf(parsed.GetValue(Host)!, parsed.GetValue(KnowsRisk)), parsed.GetValue(Port),
                new RunSettings(parsed.GetValue(profile)!, parsed.GetValue(seed), CellLimit: null), parsed.GetValue(Engines)),
            token));
        return serve;
    }

    private static async Task<int> RunAsync(ServeSettings settings, CancellationToken token)
    {
        var book = BookFolder.Find();
        var console = Terminal.Output;
        var assets = await PrepareAsync(book, console, token);
        await using var server = await BookServer.StartAsync(book, settings, assets);
        console.Say($"The live book: {server.Address}");
        console.Say("Cells run on this machine as you: keep the address to yourself. Ctrl-C ends it.");
        return await WaitAsync(token);
    }

    private static async Task<int> RunStaticAsync(ServeSettings settings, CancellationToken token)
    {
        var book = BookFolder.Find();
        if (!File.Exists(Path.Combine(book.Site, "index.html")))
        {
            throw new BookException("There is no site yet: `book site` writes it.");
        }

        await using var server = await StaticServer.StartAsync(book, settings);
        Terminal.Output.Say($"The static site: {server.Address}");
        Terminal.Output.Say("Nothing runs on this machine. Ctrl-C ends it.");
        return await WaitAsync(token);
    }

    /// <summary>Until Ctrl-C, which is how it ends.</summary>
    private static async Task<int> WaitAsync(CancellationToken token)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        }
        catch (OperationCanceledException)
        {
            // As said.
        }

        return 0;
    }

    /// <summary>Writes the pages, unless those of the last run are still right: colouring all code takes a while.</summary>
    private static async Task<WebAssets> PrepareAsync(BookFolder book, IAnsiConsole console, CancellationToken token)
    {
        var all = ChapterList.Of(book);
        var claims = ClaimsCommand.LoadClaims(book);
        if (SiteWriter.IsCurrent(book, all))
        {
            return await WebAssets.PrepareAsync(WebAssets.OwnFolder, line => console.Say(line), token);
        }

        console.Say("Writing the pages …");
        return await SiteCommand.WriteAsync(book, all, claims, [], console, token);
    }
}
