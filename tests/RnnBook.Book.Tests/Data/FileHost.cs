using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RnnBook.Book.Tests;

/// <summary>A host of one file on this machine, which can break a transfer in the middle as networks do.</summary>
internal sealed class FileHost : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly byte[] content;

    public FileHost(byte[] content)
    {
        this.content = content;
        listener.Start();
        _ = ServeAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/file";

    /// <summary>The Range header of each request, "" where there was none.</summary>
    public List<string> Ranges { get; } = [];

    /// <summary>Bytes after which each answer breaks off; null: never.</summary>
    public int? BreakAfter { get; set; }

    /// <summary>Whether it breaks off by a reset, as a crashing machine does, and not by a premature end.</summary>
    public bool Resets { get; init; }

    /// <summary>Whether it understands requests for a part.</summary>
    public bool KnowsRanges { get; init; } = true;

    public string Status { get; init; } = "200 OK";

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
                if (Resets && BreakAfter is not null)
                {
                    // Only after what was sent has arrived.
                    await Task.Delay(1000);
                    client.LingerState = new LingerOption(true, 0);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var range = "";
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            range = line.StartsWith("Range: ", StringComparison.OrdinalIgnoreCase) ? line["Range: ".Length..] : range;
        }

        Ranges.Add(range);
        var start = range.Length > 0 && KnowsRanges ? int.Parse(range["bytes=".Length..].TrimEnd('-')) : 0;
        var head = start > content.Length - 1
            ? "416 Range Not Satisfiable\r\nContent-Length: 0"
            : $"{(start > 0 ? $"206 Partial Content\r\nContent-Range: bytes {start}-{content.Length - 1}/{content.Length}" : Status)}\r\n" +
              $"Content-Length: {content.Length - start}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n"));
        var rest = content.AsMemory(Math.Min(start, content.Length));
        await stream.WriteAsync(BreakAfter is { } most && most < rest.Length ? rest[..most] : rest);
    }
}
