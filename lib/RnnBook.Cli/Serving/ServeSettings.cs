using System.Net;

namespace RnnBook.Cli;

/// <summary>What <c>book serve</c> can be told.</summary>
/// <param name="Host">The address it listens on.</param>
/// <param name="Port">The port; 0 takes any free one.</param>
/// <param name="Run">Profile and seed of the chapters.</param>
/// <param name="MaximumEngines">How many engine processes may run at once.</param>
internal sealed record ServeSettings(IPAddress Host, int Port, RunSettings Run, int MaximumEngines)
{
    /// <summary>Always the same, since a browser keeps a reader's edits by address and port.</summary>
    public const int UsualPort = 8707;

    public const int UsualEngines = 6;

    /// <summary>The address to listen on. What others on the network can reach runs their code as well: that must be asked for twice.</summary>
    /// <exception cref="BookException">It is no address, or not a loopback address and nobody said that this is meant.</exception>
    public static IPAddress HostOf(string text, bool isMeant)
    {
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            throw new BookException($"--host {text} is no IP address. Without --host the book is served on 127.0.0.1, for this machine alone.");
        }

        return IPAddress.IsLoopback(address) || isMeant
            ? address
            : throw new BookException(
                $"--host {text} lets others on the network try to run code on this machine as you. If that is meant, add --i-know-this-runs-code.");
    }
}
