using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnBook.Cli;

/// <summary>
/// One open page. It is sent what has changed and nothing more until it says that it shows that: however fast a cell talks, a slow page has
/// at most one message on its way, and gets the present state in the next.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle nobody asks for holds nothing, and late answers may still come to it.")]
internal sealed class PageConnection(WebSocket socket, ChapterSession session)
{
    /// <summary>All cells of a long chapter are a tenth of this.</summary>
    private const int LongestMessage = 1 << 20;

    private readonly SemaphoreSlim sending = new(1);
    private readonly SemaphoreSlim canTakeMore = new(1);

    /// <summary>Serves the page until it is closed.</summary>
    public async Task ServeAsync(CancellationToken token)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(token);
        var telling = TellAsync(closing.Token);
        try
        {
            await ListenAsync(closing.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The page is gone, or the server ends.
        }
        finally
        {
            await closing.CancelAsync();
            await telling;
        }
    }

    private async Task TellAsync(CancellationToken token)
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

    private async Task ListenAsync(CancellationToken token)
    {
        var buffer = new byte[16 << 10];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync(WebSocketCloseStatus.NormalClosure, "", token);
                return;
            }

            message.Write(buffer, 0, part.Count);
            if (message.Length > LongestMessage)
            {
                await CloseAsync(WebSocketCloseStatus.MessageTooBig, "A message was too long.", token);
                return;
            }

            if (part.EndOfMessage)
            {
                if (PageRequest.Read(message.GetBuffer().AsSpan(0, (int)message.Length)) is not { } request)
                {
                    await CloseAsync(WebSocketCloseStatus.PolicyViolation, "A message was not understood.", token);
                    return;
                }

                message.SetLength(0);
                Obey(request, token);
            }
        }
    }

    /// <summary>Starts what was asked for. What takes time goes on by itself: the page must be heard meanwhile, if only to say stop.</summary>
    private void Obey(PageRequest request, CancellationToken token)
    {
        switch (request)
        {
            case RunCells run:
                session.Run(run.Cells);
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
                _ = AnswerAsync(question, token);
                break;
            case ChangesShown when canTakeMore.CurrentCount == 0:
                canTakeMore.Release();
                break;
        }
    }

    private async Task AnswerAsync(CodeQuestion question, CancellationToken token)
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
}
