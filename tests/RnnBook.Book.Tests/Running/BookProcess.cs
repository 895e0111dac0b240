using System.Diagnostics;
using System.Text;

namespace RnnBook.Book.Tests;

/// <summary>The built `book`, run as a reader runs it: a process with arguments in a folder.</summary>
internal sealed class BookProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(60);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private BookProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    public string Output => Text(output);

    public string Errors => Text(errors);

    public static string Program { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../RnnBook.Cli/release/book.dll"));

    public static BookProcess Start(string folder, params string[] arguments) => Start(folder, [], arguments);

    public static BookProcess Start(string folder, Dictionary<string, string> environment, string[] arguments)
    {
        // Whoever runs the tests as a background job has Ctrl-C ignored, and what is started from there inherits that.
        string[] hearing = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : [];
        string[] command = [.. hearing, "dotnet", "exec", Program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Tests leave alone what data the person who runs them has.
        start.Environment.Remove("RNNBOOK_DATA");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var book = new BookProcess(Process.Start(start)!);
        book.process.StandardInput.Close();
        book.process.OutputDataReceived += (_, line) => Append(book.output, line.Data);
        book.process.ErrorDataReceived += (_, line) => Append(book.errors, line.Data);
        book.process.BeginOutputReadLine();
        book.process.BeginErrorReadLine();
        return book;
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<BookResult> RunAsync(string folder, params string[] arguments)
    {
        using var book = Start(folder, arguments);
        return await book.EndAsync();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<BookResult> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return new BookResult(process.ExitCode, Output, Errors);
    }

    /// <summary>Waits until the output contains a text.</summary>
    public async Task SaysAsync(string text)
    {
        var clock = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(process.HasExited || clock.Elapsed > Patience, $"never said '{text}':\n{Output}\n{Errors}");
            await Task.Delay(20);
        }
    }

    /// <summary>What Ctrl-C does, to this process alone.</summary>
    public void Interrupt() => Signal("INT");

    /// <summary>Sends a signal by name to this process alone.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.Id.ToString()]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}

/// <summary>How a `book` process ended.</summary>
internal sealed record BookResult(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}
