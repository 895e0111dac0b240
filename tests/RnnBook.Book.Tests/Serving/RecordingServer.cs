using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RnnBook.Book.Tests;

/// <summary>Another program on this machine: answers everything with an empty page and keeps what it was sent.</summary>
internal sealed class RecordingServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly StringBuilder heard = new();

    public RecordingServer()
    {
        listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Heard
    {
        get
        {
            lock (heard)
            {
                return heard.ToString();
            }
        }
    }

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(client);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
            {
                lock (heard)
                {
                    heard.Append(line).Append('\n');
                }
            }

            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 22\r\nConnection: close\r\n\r\n<title>a page</title>\n"u8.ToArray());
        }
    }
}
