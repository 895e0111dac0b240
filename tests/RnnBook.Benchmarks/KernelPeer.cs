using System.Diagnostics;
using System.Text.Json;

namespace RnnBook.Benchmarks;

/// <summary>The kernel of .NET Interactive as editors start it: commands and events are lines of JSON.</summary>
internal sealed class KernelPeer : ICellHost
{
    private readonly Process process;
    private int commands;

    /// <param name="program">Its App.dll, started without the tool's launcher, which would be another process.</param>
    public KernelPeer(string program)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", program, "stdio", "--default-kernel", "csharp"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1";
        process = Process.Start(start)!;
        WaitFor("KernelReady", null);
    }

    /// <summary>Where <c>dotnet tool restore</c> has put it.</summary>
    public static string Restored { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        "microsoft.dotnet-interactive", "1.0.712001", "tools", "net10.0", "any", "Microsoft.DotNet.Interactive.App.dll");

    public int ProcessId => process.Id;

    public Task RunAsync(string code)
    {
        var token = $"{++commands}";
        process.StandardInput.WriteLine(JsonSerializer.Serialize(
            new { token, commandType = "SubmitCode", command = new { code, targetKernelName = "csharp" } }));
        process.StandardInput.Flush();
        WaitFor("CommandSucceeded", token);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        return ValueTask.CompletedTask;
    }

    private void WaitFor(string type, string? token)
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (!line.StartsWith('{'))
            {
                continue;
            }

            var message = JsonElement.Parse(line);
            var said = message.GetProperty("eventType").GetString();
            if (said == "CommandFailed")
            {
                throw new PeerException($"The kernel failed: {message.GetProperty("event").GetProperty("message").GetString()}");
            }

            if (said == type && (token is null || message.GetProperty("command").GetProperty("token").GetString() == token))
            {
                return;
            }
        }

        throw new PeerException($"The kernel ended: `dotnet tool restore` brings it, {process.StartInfo.ArgumentList[1]} is looked for.");
    }
}
