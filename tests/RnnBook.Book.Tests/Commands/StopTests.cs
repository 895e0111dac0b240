using System.Diagnostics;
using System.Text.Json.Nodes;

namespace RnnBook.Book.Tests;

/// <summary>Ctrl-C.</summary>
public sealed class StopTests
{
    [SkippableFact]
    public async Task Interrupting_stops_an_endless_cell_leaves_whole_files_and_no_process()
    {
        Skip.If(OperatingSystem.IsWindows(), "sends SIGINT with kill, which Windows lacks");
        using var book = new TinyBook()
            .Chapter("00-good", "Console.WriteLine(\"first\");")
            .Chapter("01-endless", "System.IO.File.WriteAllText(\"busy\", \"\");\nwhile (true) { }")
            .Chapter("02-never", "1");
        using var running = BookProcess.Start(book.Root, "run");
        var clock = Stopwatch.StartNew();
        while (!File.Exists(Path.Combine(book.Notebooks, "busy")))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(10), running.Output + running.Errors);
            await Task.Delay(20);
        }

        running.Interrupt();
        var result = await running.EndAsync().WaitAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(130, result.ExitCode);
        Assert.Contains("Stopped", result.Errors, StringComparison.Ordinal);
        Assert.Empty(book.Orphans());
        var files = Directory.EnumerateFiles(Path.Combine(book.Root, "artifacts"), "*", SearchOption.AllDirectories).ToList();
        Assert.Equal(["00-good.ipynb"], files.Select(Path.GetFileName));
        Assert.NotNull(JsonNode.Parse(await File.ReadAllTextAsync(files[0])));
    }
}
