using System.Net;
using System.Net.Http.Headers;

namespace RnnBook.Cli;

/// <summary>
/// Fetches a file: goes on where a broken transfer stopped, tries one address after the other, and lets nothing take the file's name before
/// its content is checked.
/// </summary>
/// <param name="progress">Told of bytes that are there, and how many there will be where the host says so.</param>
internal sealed class Download(Action<long, long?> progress) : IDisposable
{
    private const int Attempts = 3;
    private const int MostOverhead = 1 << 20;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Fetches a file to its place in a folder.</summary>
    /// <exception cref="DownloadException">No address gave it; the message says in one line what was wrong with each.</exception>
    public async Task FetchAsync(DatasetFile file, string folder, CancellationToken token)
    {
        var path = Path.Combine(folder, file.Path);
        var part = path + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var problems = new List<string>();
        foreach (var address in file.Addresses.Select(text => new Uri(text)))
        {
            if (await TryAsync(address, file, part, token) is not { } problem)
            {
                File.Move(part, path, overwrite: true);
                return;
            }

            problems.Add($"{address.Host}: {problem}");
        }

        var kept = File.Exists(part) ? " What came so far is kept: the same command goes on from there." : "";
        throw new DownloadException($"{file.Path} could not be fetched. {string.Join("; ", problems)}.{kept}");
    }

    public void Dispose() => http.Dispose();

    /// <summary>Null once the part is whole and right, else what was wrong.</summary>
    private async Task<string?> TryAsync(Uri address, DatasetFile file, string part, CancellationToken token)
    {
        var problem = "";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = Length(part);
            try
            {
                await TransferAsync(address, part, file.Bytes + MostOverhead, token);
            }
            catch (HttpRequestException exception)
            {
                problem = OneLine(exception.InnerException?.Message ?? exception.Message);
                if (Length(part) == before)
                {
                    return problem;
                }

                continue;
            }

            try
            {
                file.Read(part);
                return null;
            }
            catch (InvalidDataException)
            {
                // Perhaps the beginning was another host's, or damaged: once more, from the start.
                File.Delete(part);
                problem = "what it sends is not this file (checksum)";
                if (before == 0)
                {
                    return problem;
                }
            }
        }

        return problem;
    }

    /// <summary>Appends what is missing, or writes all of it if the host cannot go on in the middle.</summary>
    private async Task TransferAsync(Uri address, string part, long most, CancellationToken token)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(token);
        silence.CancelAfter(LongestSilence);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            var start = Length(part);
            request.Headers.Range = start > 0 ? new RangeHeaderValue(start, null) : null;
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            if (start > 0 && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return;
            }

            response.EnsureSuccessStatusCode();
            var goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == start;
            await using var target = new FileStream(part, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
            await using var source = await response.Content.ReadAsStreamAsync(silence.Token);
            var total = target.Position + response.Content.Headers.ContentLength;
            var buffer = new byte[1 << 16];
            while (await ReadAsync(source, buffer, silence.Token) is > 0 and var count)
            {
                silence.CancelAfter(LongestSilence);
                await target.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
                progress(target.Position, total);
                if (target.Position > most)
                {
                    break;
                }
            }

            target.Flush(flushToDisk: true);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new HttpRequestException($"no byte for {LongestSilence.TotalSeconds} seconds");
        }
    }

    /// <summary>Reads on; a transfer that breaks is the network's fault and may be tried again, unlike what goes wrong with the file.</summary>
    private static async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken token)
    {
        try
        {
            return await source.ReadAsync(buffer, token);
        }
        catch (IOException broken)
        {
            throw new HttpRequestException(broken.Message, broken);
        }
    }

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}

/// <summary>A file could not be fetched; the message is one line for the reader.</summary>
internal sealed class DownloadException(string message) : Exception(message);
