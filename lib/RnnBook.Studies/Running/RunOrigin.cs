using System.Diagnostics;
using System.Text.Json;

namespace RnnBook;

/// <summary>Where a recorded run comes from.</summary>
/// <param name="Seconds">Seconds that it took.</param>
/// <param name="Commit">The book's commit, abbreviated; "unknown" outside of a clone.</param>
/// <param name="Machine">The processor.</param>
/// <param name="Date">The day, such as "2026-11-28".</param>
public sealed record RunOrigin(double Seconds, string Commit, string Machine, string Date)
{
    /// <summary>This machine, this commit, today.</summary>
    internal static RunOrigin Here { get; } = new(0, ReadCommit(), ReadProcessor(), DateTime.UtcNow.ToString("yyyy-MM-dd", null));

    internal string ToJson() =>
        $"{{\"seconds\":{JsonLine.Number(Math.Round(Seconds, 3))},\"commit\":{JsonLine.Text(Commit)},\"machine\":{JsonLine.Text(Machine)},\"date\":{JsonLine.Text(Date)}}}";

    internal static RunOrigin Read(JsonElement json) => new(
        JsonLine.Number(json.GetProperty("seconds")),
        Text(json, "commit"),
        Text(json, "machine"),
        Text(json, "date"));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"\"{name}\" is null");

    private static string ReadCommit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["rev-parse", "--short=10", "HEAD"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var said = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? said : "unknown";
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or PlatformNotSupportedException)
        {
            return "unknown";
        }
    }

    private static string ReadProcessor()
    {
        const string Linux = "/proc/cpuinfo";
        var named = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return $"{named ?? "processor unknown"}, {Environment.ProcessorCount} cores";
    }
}
