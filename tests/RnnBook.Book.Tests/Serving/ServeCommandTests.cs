
namespace RnnBook.Book.Tests;

/// <summary>How `book serve` starts and ends.</summary>
public sealed class ServeCommandTests
{
    [Fact]
    public async Task A_port_that_is_in_use_is_one_clear_line()
    {
        using var book = new TinyBook().Chapter("00-cells", "1");
        await using var first = await ServedBook.StartAsync(book.Root);
        var result = await BookProcess.RunAsync(book.Root, "serve", "--port", first.Root.Port.ToString());
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"Port {first.Root.Port} is in use", Assert.Single(result.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Interrupting_ends_engines_and_what_cells_started_and_leaves_no_process()
    {
        Skip.If(OperatingSystem.IsWindows(), "sends SIGINT with kill, which Windows lacks");
        using var book = new TinyBook().Chapter("00-endless", "1").Chapter("01-idle", "2");
        await using var served = await ServedBook.StartAsync(book.Root);
        var access = served.NewAccess();
        await using var endless = await SocketReader.OpenAsync(served, access, "00-endless");
        await using var idle = await SocketReader.OpenAsync(served, access, "01-idle");
        await idle.RunAsync(("cell-2", "1 + 1"));
        await idle.UntilAsync(page => page.StateOf("cell-2") == "ok");
        await endless.RunAsync(("cell-2", "System.Diagnostics.Process.Start(\"sleep\", \"300\"); Console.WriteLine(\"going\"); while (true) { }"));
        await endless.UntilAsync(page => page.Text("cell-2").Contains("going", StringComparison.Ordinal));
        Assert.True(book.Orphans().Count >= 3, "two engines and what a cell started");

        served.Process.Interrupt();
        var result = await served.Process.EndAsync().WaitAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Errors.Trim());
        Assert.Empty(book.Orphans());
    }

    [Fact]
    public async Task At_most_so_many_engines_run_and_the_one_idle_longest_makes_room_after_a_notice()
    {
        using var book = new TinyBook().Chapter("00-first", "1").Chapter("01-second", "2").Chapter("02-third", "3");
        await using var served = await ServedBook.StartAsync(book.Root, "--engines", "2");
        var access = served.NewAccess();
        await using var first = await SocketReader.OpenAsync(served, access, "00-first");
        await using var second = await SocketReader.OpenAsync(served, access, "01-second");
        await using var third = await SocketReader.OpenAsync(served, access, "02-third");
        foreach (var page in new[] { first, second })
        {
            await page.RunAsync(("cell-2", "var kept = 5;"));
            await page.UntilAsync(reader => reader.StateOf("cell-2") == "ok");
        }

        await third.RunAsync(("cell-2", "6"));
        await third.UntilAsync(reader => reader.StateOf("cell-2") == "ok");
        await first.UntilAsync(reader => (string?)reader.Engine["engine"] == "none" && reader.Engine["notice"] is not null);
        Assert.Contains("variables are gone", (string?)first.Engine["notice"], StringComparison.Ordinal);
        Assert.Equal("idle", first.StateOf("cell-2"));
        await second.RunAsync(("cell-2", "Console.WriteLine(kept);"));
        await second.UntilAsync(reader => reader.Text("cell-2").Contains('5', StringComparison.Ordinal));

        // Both engines are busy: who comes third is told so and nobody loses anything.
        foreach (var page in new[] { second, third })
        {
            await page.RunAsync(("cell-2", "Console.WriteLine(\"busy\"); while (true) { }"));
            await page.UntilAsync(reader => reader.Text("cell-2").Contains("busy", StringComparison.Ordinal));
        }

        await first.RunAsync(("cell-2", "1"));
        await first.UntilAsync(reader => reader.Engine["notice"]?.ToString().Contains("stop one", StringComparison.Ordinal) == true);
        await first.UntilAsync(reader => reader.StateOf("cell-2") == "idle");
    }
}
