using System.Net;
using Microsoft.AspNetCore.Http;

namespace RnnBook.Cli;

/// <summary>
/// Stands before everything that is served: no other web page, and no name that somebody pointed at 127.0.0.1, may use this server. Whether a
/// request may also run code or see what cells said is the <see cref="AccessToken"/>'s to say; pages alone are the book, which is public.
/// </summary>
/// <param name="isOpenToOthers">Whether the server listens beyond this machine; then its own addresses are welcome as Host, still no foreign name.</param>
internal sealed class RequestGuard(bool isOpenToOthers)
{
    public async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        if (!IsOwnHost(request.Host))
        {
            await RefuseAsync(response, "This name is not the live book's: open the address that `book serve` printed.", StatusCodes.Status421MisdirectedRequest);
            return;
        }

        // A browser names the page that a request comes from whenever that page could do harm with it.
        var origin = request.Headers.Origin.ToString();
        var isReading = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if ((origin.Length > 0 || context.WebSockets.IsWebSocketRequest || !isReading) && origin != $"http://{request.Host}")
        {
            await RefuseAsync(response, "Another page may not use the live book.");
            return;
        }

        await next(context);
    }

    /// <summary>Answers with one line.</summary>
    public static async Task RefuseAsync(HttpResponse response, string why, int status = StatusCodes.Status403Forbidden)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(why + "\n");
    }

    private bool IsOwnHost(HostString host)
    {
        if (host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // An IP address cannot be rebound; a name can, unless it is this machine's own.
        return IPAddress.TryParse(host.Host.Trim('[', ']'), out var address)
            ? isOpenToOthers || IPAddress.IsLoopback(address)
            : isOpenToOthers && host.Host.Equals(Dns.GetHostName(), StringComparison.OrdinalIgnoreCase);
    }
}
