using System.Diagnostics;
using System.Text.Json;

namespace RnnBook.Benchmarks;

/// <summary>PyTorch in a process of its own, which makes training steps when it is told to and sleeps otherwise.</summary>
internal sealed class TorchPeer : IDisposable
{
    private readonly Process process;

    public TorchPeer(string python, int threads, bool flushesDenormals)
    {
        Threads = threads;
        FlushesDenormals = flushesDenormals;
        var script = Path.Combine(AppContext.BaseDirectory, "torch_steps.py");
        var start = new ProcessStartInfo(python, [script, $"{threads}", flushesDenormals ? "flush" : "keep"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new PeerException($"{python} cannot be started: {exception.Message}. Name a Python that has torch with --python.");
        }

        Version = Answer().GetProperty("version").GetString()!;
    }

    public int Threads { get; }

    public bool FlushesDenormals { get; }

    public string Version { get; }

    /// <summary>Milliseconds of training steps, for some seconds, at least one.</summary>
    public double[] Steps(string config, string cell, double seconds)
    {
        process.StandardInput.WriteLine(JsonSerializer.Serialize(new { config, cell, seconds }));
        process.StandardInput.Flush();
        return [.. Answer().GetProperty("steps").EnumerateArray().Select(step => step.GetDouble())];
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(5000))
        {
            process.Kill();
        }

        process.Dispose();
    }

    private JsonElement Answer()
    {
        if (process.StandardOutput.ReadLine() is { } line)
        {
            return JsonElement.Parse(line);
        }

        var complaint = process.StandardError.ReadToEnd().TrimEnd().Split('\n')[^1];
        throw new PeerException($"{process.StartInfo.FileName} ended: {complaint}. Install python3-torch, or name a Python that has torch with --python.");
    }
}

/// <summary>PyTorch cannot be compared with, and why.</summary>
internal sealed class PeerException(string message) : Exception(message);
