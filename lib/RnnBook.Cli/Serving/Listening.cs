using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace RnnBook.Cli;

/// <summary>How both servers, of the live book and of the static site, come to listen.</summary>
internal static class Listening
{
    /// <summary>A web server for the book's folder, silent, at the address of the settings.</summary>
    /// <param name="book">The book.</param>
    /// <param name="settings">Where to listen.</param>
    /// <param name="configure">What else the server needs.</param>
    public static WebApplicationBuilder NewBuilder(BookFolder book, ServeSettings settings, Action<KestrelServerOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = book.Root });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(settings.Host, settings.Port);
            configure?.Invoke(kestrel);
        });
        return builder;
    }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="BookException">The port is taken, or the address is not this machine's.</exception>
    public static async Task StartAsync(WebApplication app, ServeSettings settings)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw exception is { InnerException: AddressInUseException } or AddressInUseException
                ? new BookException($"Port {settings.Port} is in use, maybe by another `book serve`. `--port 0` takes a free one (edits kept in the browser belong to a port).")
                : new BookException($"Cannot listen on {settings.Host}:{settings.Port}: {exception.Message}");
        }
    }
}
