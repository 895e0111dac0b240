namespace RnnBook.Notebook.Tests;

/// <summary>Cells that do not end by themselves: they are stopped, their line is named, what earlier cells have set stays.</summary>
public sealed class InterruptTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("var i = 0;\nwhile (true)\n    i++;", 2, 3)]
    [InlineData("for (long n = 0; ; n++)\n{\n}", 1, 3)]
    [InlineData("var list = new List<int>();\nwhile (true)\n{\n    list.Add(1);\n    if (list.Count > 1000) list.Clear();\n}", 2, 6)]
    [InlineData("await Task.Delay(1);\nlong n = 0;\nwhile (true)\n{\n    n++;\n}", 2, 6)] // of an empty loop the runtime may know no line
    [InlineData("while (true)\n    await Task.Yield();", 1, 2)]
    [InlineData("using System.Threading;\nThread.Sleep(-1);", 2, 2)]
    [InlineData("// for ever\nawait Task.Delay(-1);", 2, 2)]
    [InlineData("while (true)\n    try { throw new Exception(); } catch { }", 1, 2)]
    [InlineData("while (true)\n    Console.Write('x');", 1, 2)]
    [InlineData("int Spin(int n) { while (n != 1) n += 2;\n    return n; }\n\nSpin(0)", 1, 1)]
    [InlineData("IEnumerable<int> Ones() { while (true)\n    yield return 1; }\nOnes().Sum(x => 0)", 1, 3)]
    public async Task A_cell_past_its_limit_stops_on_its_line_and_the_state_survives(string code, int firstLine, int lastLine)
    {
        (await fixture.RunAsync("var kept = 42;")).Ok();

        var outcome = await fixture.RunAsync(code, Limit);
        Assert.Contains("2 s", outcome.Result.Error!.Message);
        if (outcome.Result.Error.Line < firstLine)
        {
            // A busy machine may have stood still before the cell came to its loop.
            outcome = await fixture.RunAsync(code, 10 * Limit);
        }

        Assert.Equal(CellStatus.TimedOut, outcome.Result.Status);
        Assert.Equal("TimedOut", outcome.Result.Error!.Name);
        Assert.InRange(outcome.Result.Error.Line, firstLine, lastLine);
        Assert.Equal("42", (await fixture.RunAsync("kept")).Ok().PlainValue);
    }

    [Fact]
    public async Task What_the_stopped_cell_had_set_is_there_afterwards()
    {
        await StopOnceItSpeaksAsync("var reached = 7;\nConsole.WriteLine();\nwhile (true) { }");
        await StopOnceItSpeaksAsync("var waited = 8;\nConsole.WriteLine();\nawait Task.Delay(-1);");

        Assert.Equal("15", (await fixture.RunAsync("reached + waited")).Ok().PlainValue);

        async Task StopOnceItSpeaksAsync(string code)
        {
            var spoken = new TaskCompletionSource();
            var running = fixture.Engine.ExecuteAsync(code, message => { if (message is StreamEvent) { spoken.TrySetResult(); } });
            await spoken.Task.WaitAsync(EngineFixture.Patience);
            await fixture.Engine.InterruptAsync();
            Assert.Equal(CellStatus.Interrupted, (await running.WaitAsync(EngineFixture.Patience)).Status);
        }
    }

    [Fact]
    public async Task Stop_ends_a_cell_without_a_limit()
    {
        var started = new TaskCompletionSource();
        var running = fixture.Engine.ExecuteAsync("\nwhile (true) { }", _ => started.TrySetResult());
        await started.Task.WaitAsync(EngineFixture.Patience);
        Assert.True(await fixture.Engine.PingAsync(TimeSpan.FromSeconds(10)) > TimeSpan.Zero);
        await fixture.Engine.InterruptAsync();

        var result = await running.WaitAsync(EngineFixture.Patience);

        Assert.Equal(CellStatus.Interrupted, result.Status);
        Assert.Equal(2, result.Error!.Line);
        Assert.True(fixture.Engine.IsAlive);
    }

    [Fact]
    public async Task A_cell_that_cannot_be_stopped_loses_its_process()
    {
        await using var engine = await CellEngine.StartAsync(new EngineOptions { InterruptGrace = TimeSpan.FromSeconds(1) });

        var outcome = await Outcome.OfAsync(engine, "try { throw new Exception(); }\nfinally { while (true) { } }", TimeSpan.FromSeconds(0.5));

        Assert.Equal(CellStatus.TimedOut, outcome.Result.Status);
        Assert.Contains("process was ended", outcome.Result.Error!.Message);
        Assert.False(engine.IsAlive);
    }

    [Fact]
    public async Task Cancelling_ends_even_a_cell_that_will_not_stop_without_the_usual_patience()
    {
        await using var engine = await CellEngine.StartAsync(new EngineOptions { InterruptGrace = TimeSpan.FromMinutes(5) });
        using var cancellation = new CancellationTokenSource();
        engine.Received += message => cancellation.CancelAfter(message is StartedEvent ? 100 : 60_000);

        var running = Outcome.OfAsync(engine, "try { throw new Exception(); }\nfinally { while (true) { } }", null, cancellation.Token);
        var outcome = await running.WaitAsync(EngineFixture.Patience);

        Assert.Equal(CellStatus.Interrupted, outcome.Result.Status);
        Assert.False(engine.IsAlive);
    }
}
