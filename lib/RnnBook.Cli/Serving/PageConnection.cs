using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>
/// One open page. Its first message says who it is. Then it is sent what has changed and nothing more until it says that it shows that:
/// however fast a cell talks, a slow page has at most one message on its way, and gets the present state in the next.
/// </summary>
/// <param name="socket">The page's socket.</param>
/// <param name="find">The session of whoever has shown a good token, null for others.</param>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle nobody asks for holds nothing, and late answers may still come to it.")]
internal sealed class PageConnection(WebSocket socket, Func<string, ChapterSession?> find)
{
    /// <summary>The page has no token, or one of an earlier start.</summary>
    public const WebSocketCloseStatus NoAccess = (WebSocketCloseStatus)4403;

    /// <summary>The chapter's file cannot be read.</summary>
    public const WebSocketCloseStatus BrokenChapter = (WebSocketCloseStatus)4422;

    private static readonly TimeSpan FirstMessageWithin = TimeSpan.FromSeconds(10);

    /// <summary>All cells of a long chapter are a tenth of this.</summary>
    private const int LongestMessage = 1 << 20;

    private readonly SemaphoreSlim sending = new(1);
    private readonly SemaphoreSlim canTakeMore = new(1);

    /// <summary>Serves the page until it is closed.</summary>
    public async Task ServeAsync(CancellationToken token)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(token);
        var sending = Task.CompletedTask;
        try
        {
            if (await OpenAsync(closing.Token) is { } session)
            {
                sending = SendChangesAsync(session, closing.Token);
                await ReceiveAsync(session, closing.Token);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The page is gone, or the server ends.
        }
        finally
        {
            await closing.CancelAsync();
            await sending;
        }
    }

    /// <summary>The session that the page may have; null where it may not, and is told so.</summary>
    private async Task<ChapterSession?> OpenAsync(CancellationToken token)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(FirstMessageWithin);
        if (await NextAsync(patience.Token) is not { } first)
        {
            return null;
        }

        try
        {
            if (first is OpenSession open && find(open.Access) is { } session)
            {
                return session;
            }

            await CloseAsync(NoAccess, "Open the whole address that `book serve` printed last.", token);
        }
        catch (NotebookException exception)
        {
            await CloseAsync(BrokenChapter, Short(exception.Message), token);
        }

        return null;
    }

    private async Task SendChangesAsync(ChapterSession session, CancellationToken token)
    {
        var view = new PageView();
        try
        {
            while (true)
            {
                await canTakeMore.WaitAsync(token);
                JsonArray changes;
                while (true)
                {
                    var changed = session.Notebook.Changed;
                    changes = session.Notebook.ChangesFor(view);
                    if (changes.Count > 0)
                    {
                        break;
                    }

                    await changed.WaitAsync(token);
                }

                await SendAsync(new JsonObject { ["type"] = "changes", ["changes"] = changes }, token);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // As above.
        }
    }

    private async Task ReceiveAsync(ChapterSession session, CancellationToken token)
    {
        while (await NextAsync(token) is { } request)
        {
            Dispatch(session, request, token);
        }
    }

    /// <summary>The page's next message; null when it has closed, or sent what is no message and is closed for it.</summary>
    private async Task<PageRequest?> NextAsync(CancellationToken token)
    {
        var buffer = new byte[16 << 10];
        using var message = new MemoryStream();
        while (true)
        {
            var fragment = await socket.ReceiveAsync(buffer.AsMemory(), token);
            if (fragment.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync(WebSocketCloseStatus.NormalClosure, "", token);
                return null;
            }

            message.Write(buffer, 0, fragment.Count);
            if (message.Length > LongestMessage)
            {
                await CloseAsync(WebSocketCloseStatus.MessageTooBig, "A message was too long.", token);
                return null;
            }

            if (fragment.EndOfMessage)
            {
                var request = PageRequest.Read(message.GetBuffer().AsSpan(0, (int)message.Length));
                if (request is null)
                {
                    await CloseAsync(WebSocketCloseStatus.PolicyViolation, "A message was not understood.", token);
                }

                return request;
            }
        }
    }

    /// <summary>Starts what was asked for. What takes time goes on by itself: the page must be heard meanwhile, if only to say stop.</summary>
    private void Dispatch(ChapterSession session, PageRequest request, CancellationToken token)
    {
        switch (request)
        {
            case RunCells run:
                session.Run(run.Cells);
                break;
            case AnswerCell answer:
                _ = session.AnswerAsync(answer);
                break;
            case StopCells:
                _ = session.StopAsync();
                break;
            case RestartEngine:
                _ = session.RestartAsync();
                break;
            case WarmUpEngine:
                _ = session.WarmUpAsync();
                break;
            case CodeQuestion question:
                _ = AnswerAsync(session, question, token);
                break;
            case ChangesShown when canTakeMore.CurrentCount == 0:
                canTakeMore.Release();
                break;
        }
    }

    private async Task AnswerAsync(ChapterSession session, CodeQuestion question, CancellationToken token)
    {
        JsonNode? answer = null;
        try
        {
            answer = await session.AnswerAsync(question, token);
        }
        catch (InvalidOperationException)
        {
            // An editor without an answer shows nothing: there is nothing that the reader could do.
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            await SendAsync(new JsonObject { ["type"] = "answer", ["id"] = question.Id, ["answer"] = answer }, token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private async Task SendAsync(JsonObject message, CancellationToken token)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message);
        await sending.WaitAsync(token);
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, token);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task CloseAsync(WebSocketCloseStatus status, string why, CancellationToken token)
    {
        await sending.WaitAsync(token);
        try
        {
            await socket.CloseAsync(status, why, token);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>A close message holds 123 bytes.</summary>
    private static string Short(string text)
    {
        var length = text.Length;
        while (Encoding.UTF8.GetByteCount(text.AsSpan(0, length)) > 120)
        {
            length--;
        }

        return length < text.Length ? text[..length] + "…" : text;
    }
}
