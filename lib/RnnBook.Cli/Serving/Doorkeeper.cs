using System.Net;
using Microsoft.AspNetCore.Http;

namespace RnnBook.Cli;

/// <summary>
/// Stands before everything that is served. Code runs on the reader's machine, so no other web page, no other program's page on this machine,
/// and no name that somebody pointed at 127.0.0.1 may reach it.
/// </summary>
/// <param name="pass">Tokens and cookies.</param>
/// <param name="isOpenToOthers">Whether the server listens beyond this machine; then its own addresses are welcome as Host, still no foreign name.</param>
internal sealed class Doorkeeper(ReaderPass pass, bool isOpenToOthers)
{
    private const string ReaderItem = "reader";

    /// <summary>The name of the reader whose request has passed.</summary>
    public static string ReaderOf(HttpContext context) => (string)context.Items[ReaderItem]!;

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        if (!IsOwnHost(request.Host))
        {
            await RefuseAsync(response, "This name is not the live book's: open the address that `book serve` printed.", StatusCodes.Status421MisdirectedRequest);
            return;
        }

        // A browser names the page that a request comes from whenever that page could do harm with it.
        var origin = request.Headers.Origin.ToString();
        var mustSayOrigin = context.WebSockets.IsWebSocketRequest || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
        if ((origin.Length > 0 || mustSayOrigin) && origin != $"http://{request.Host}")
        {
            await RefuseAsync(response, "Another page may not use the live book.");
            return;
        }

        var cookieName = $"rnnbook-{request.Host.Port}";
        if (request.Query["token"].ToString() is { Length: > 0 } token && HttpMethods.IsGet(request.Method))
        {
            if (pass.IsToken(token))
            {
                LetIn(context, cookieName);
            }
            else
            {
                await RefuseAsync(response, "This address belongs to an earlier start: open the one that `book serve` printed last.");
            }

            return;
        }

        if (!pass.TryRead(request.Cookies[cookieName], out var reader))
        {
            await RefuseAsync(response, "Open the whole address that `book serve` printed, with its token.");
            return;
        }

        context.Items[ReaderItem] = reader;
        await next(context);
    }

    /// <summary>Gives the cookie, and takes the token out of the address bar and the history. A reader who has one stays who they are.</summary>
    private void LetIn(HttpContext context, string cookieName)
    {
        if (!pass.TryRead(context.Request.Cookies[cookieName], out _))
        {
            context.Response.Cookies.Append(cookieName, pass.NewCookie(), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = context.Request.Path.ToUriComponent();
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

    private static async Task RefuseAsync(HttpResponse response, string why, int status = StatusCodes.Status403Forbidden)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(why + "\n");
    }
}
