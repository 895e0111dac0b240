using System.Diagnostics;

namespace RnnBook.Notebook.Tests;

/// <summary>Cells that end their process: this one lives on and names the line.</summary>
public sealed class CrashTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task A_stack_overflow_names_the_method_s_line()
    {
        var outcome = await fixture.RunAsync("""
            Console.WriteLine("before");
            var depth = 0;
            int Deeper(int n) =>
                Deeper(n + 1) + 1;
            Deeper(0);
            """);

        Assert.Equal(CellStatus.Died, outcome.Result.Status);
        Assert.Equal("StackOverflow", outcome.Result.Error!.Name);
        Assert.Equal(3, outcome.Result.Error.Line);
        Assert.Equal("before\n", outcome.Text);
        Assert.DoesNotContain("Submission", outcome.ErrorText);
    }

    [Fact]
    public async Task A_stack_overflow_in_an_earlier_cell_s_function_names_the_calling_line()
    {
        (await fixture.RunAsync("int Deeper(int n) => Deeper(n + 1) + 1;")).Ok();

        var outcome = await fixture.RunAsync("\nvar x = 1;\nDeeper(x);");

        Assert.Equal("StackOverflow", outcome.Result.Error!.Name);
        Assert.Equal(3, outcome.Result.Error.Line);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task Environment_Exit_is_a_failure_with_its_line_whatever_the_code(int code)
    {
        var outcome = await fixture.RunAsync($"Console.WriteLine(\"before\");\nif (true)\n    Environment.Exit({code});\nConsole.WriteLine(\"after\");");

        Assert.Equal(CellStatus.Died, outcome.Result.Status);
        Assert.Equal("Exited", outcome.Result.Error!.Name);
        Assert.Contains($"Environment.Exit({code})", outcome.Result.Error.Message);
        Assert.Equal(3, outcome.Result.Error.Line);
        Assert.Equal("before\n", outcome.Text);
    }

    [Fact]
    public async Task FailFast_names_its_message_and_line()
    {
        var outcome = await fixture.RunAsync("var a = 1;\nvoid Give() { Environment.FailFast(\"gave up\"); }\n\nGive();");

        Assert.Equal(CellStatus.Died, outcome.Result.Status);
        Assert.Contains("gave up", outcome.Result.Error!.Message);
        Assert.Equal(2, outcome.Result.Error.Line);
    }

    [Fact]
    public async Task An_exception_on_a_thread_of_the_cell_names_its_line()
    {
        var outcome = await fixture.RunAsync("""
            using System.Threading;
            var thread = new Thread(() =>
            {
                throw new InvalidOperationException("lost");
            });
            thread.Start();
            Thread.Sleep(10_000);
            """);

        Assert.Equal(CellStatus.Died, outcome.Result.Status);
        Assert.Equal("System.InvalidOperationException", outcome.Result.Error!.Name);
        Assert.Contains("lost", outcome.Result.Error.Message);
        Assert.Equal(4, outcome.Result.Error.Line);
    }

    [SkippableFact]
    public async Task A_signal_to_interrupt_is_ignored()
    {
        Skip.If(OperatingSystem.IsWindows());
        (await fixture.RunAsync("1")).Ok();
        var running = fixture.RunAsync("await Task.Delay(1000);\n\"unharmed\"");
        using var kill = Process.Start(new ProcessStartInfo("kill", $"-INT {fixture.Engine.ProcessId}") { RedirectStandardInput = true })!;
        await kill.WaitForExitAsync();

        Assert.Equal("unharmed", (await running).Ok().PlainValue);
    }

    [Fact]
    public async Task A_killed_process_is_reported_and_a_restart_begins_anew()
    {
        (await fixture.RunAsync("var kept = 1;")).Ok();
        var running = fixture.RunAsync("// waits\nawait Task.Delay(-1);");
        await Task.Delay(300);
        Process.GetProcessById(fixture.Engine.ProcessId).Kill();

        var outcome = await running.WaitAsync(EngineFixture.Patience);
        var dead = await Outcome.OfAsync(fixture.Engine, "1");
        await fixture.Engine.RestartAsync();
        var fresh = await fixture.RunAsync("kept");

        Assert.Equal(CellStatus.Died, outcome.Result.Status);
        Assert.Contains("signal 9", outcome.Result.Error!.Message);
        Assert.Equal(2, outcome.Result.Error.Line);
        Assert.Equal(CellStatus.Died, dead.Result.Status);
        Assert.Contains("not running", dead.Result.Error!.Message);
        Assert.Equal("CompileError", fresh.Result.Error!.Name);
        Assert.Equal(1, fresh.Result.ExecutionCount);
    }
}
