using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace RnnBook.Book.Tests;

/// <summary>A page without a browser: speaks to a chapter's session and puts together what a page would show.</summary>
internal sealed class SocketReader(ClientWebSocket socket) : IAsyncDisposable
{
    private readonly Dictionary<(string Cell, int Output), StringBuilder> texts = [];
    private readonly Dictionary<(string Cell, int Output), string> open = [];
    private readonly Dictionary<string, JsonObject> states = [];

    public ClientWebSocket Socket => socket;

    /// <summary>The html of values by cell and output.</summary>
    public Dictionary<(string Cell, int Output), string> Values { get; } = [];

    /// <summary>The engine's state and notice.</summary>
    public JsonObject Engine { get; private set; } = [];

    /// <summary>How many messages came.</summary>
    public int Messages { get; private set; }

    public static ClientWebSocket NewSocket(string? origin)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        return socket;
    }

    public static Uri AddressOf(ServedBook book, string chapter) => new UriBuilder(book.Root) { Scheme = "ws", Path = $"/session/{chapter}" }.Uri;

    /// <summary>Opens the socket and shows the token.</summary>
    public static async Task<SocketReader> OpenAsync(ServedBook book, string access, string chapter)
    {
        var socket = NewSocket(book.Root.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(AddressOf(book, chapter), CancellationToken.None);
        var reader = new SocketReader(socket);
        await reader.SendAsync(new JsonObject { ["type"] = "open", ["access"] = access }.ToJsonString());
        return reader;
    }

    /// <summary>The text of one output of a cell, as html without tags.</summary>
    public string Text(string cell, int output = 0) => texts.TryGetValue((cell, output), out var text) ? text + open[(cell, output)] : "";

    public string StateOf(string cell) => states.TryGetValue(cell, out var state) ? (string)state["state"]! : "";

    public JsonObject DetailsOf(string cell) => states[cell];

    public Task SendAsync(string json) => socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, true, CancellationToken.None);

    public Task RunAsync(params (string Cell, string Code)[] cells) => SendAsync(new JsonObject
    {
        ["type"] = "run",
        ["cells"] = new JsonArray([.. cells.Select(cell => new JsonObject { ["cell"] = cell.Cell, ["code"] = cell.Code })]),
    }.ToJsonString());

    /// <summary>Takes messages until something holds.</summary>
    public async Task UntilAsync(Func<SocketReader, bool> holds, double seconds = 300)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!holds(this))
        {
            var message = await ReceiveAsync(limit.Token);
            if ((string?)message["type"] == "changes")
            {
                Take((JsonArray)message["changes"]!);
                await SendAsync("""{"type":"shown"}""");
            }
        }
    }

    /// <summary>The next message as it is.</summary>
    public async Task<JsonObject> ReceiveAsync(CancellationToken token)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new EndOfStreamException($"{part.CloseStatus}: {part.CloseStatusDescription}");
            }

            bytes.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                Messages++;
                return (JsonObject)JsonNode.Parse(bytes.ToArray())!;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Take(JsonArray changes)
    {
        foreach (var change in changes.OfType<JsonObject>())
        {
            if (change.ContainsKey("engine"))
            {
                Engine = change;
                continue;
            }

            var cell = (string)change["cell"]!;
            if (!change.ContainsKey("output"))
            {
                if (states.GetValueOrDefault(cell) is { } before && (int)before["run"]! != (int)change["run"]!)
                {
                    Forget(cell);
                }

                states[cell] = change;
                continue;
            }

            var key = (cell, (int)change["output"]!);
            if (change.ContainsKey("html"))
            {
                Values[key] = (string)change["html"]!;
                continue;
            }

            var text = texts[key] = texts.GetValueOrDefault(key) ?? new StringBuilder();
            text.Append((string)change["lines"]!);
            open[key] = (string)change["open"]!;
        }
    }

    private void Forget(string cell)
    {
        foreach (var key in texts.Keys.Where(key => key.Cell == cell).ToList())
        {
            texts.Remove(key);
        }

        foreach (var key in Values.Keys.Where(key => key.Cell == cell).ToList())
        {
            Values.Remove(key);
        }
    }
}
