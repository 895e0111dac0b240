using System.Diagnostics;

namespace RnnBook.Interactive.Tests;

/// <summary>Where things lie in this clone, and programs run in it.</summary>
internal static class Repository
{
    public static string Root => Clone.Root;

    public static string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>Where the book's own engine leaves the chapters that it ran.</summary>
    public static string Executed => Path.Combine(Root, "artifacts", "notebooks");

    /// <summary>The one library that a chapter names.</summary>
    public static string Library => Path.Combine(Root, "artifacts", "book", "RnnBook.Interactive.dll");

    public static IReadOnlyList<string> Chapters { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "notebooks"), "*.ipynb")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Ended> RunAsync(
        string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output, await errors);
    }
}

/// <summary>How a program ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}
