using System.Text;

namespace RnnBook.Notebook.Tests;

/// <summary>Console output: complete, in order, whatever a cell does to the console.</summary>
public sealed class StreamTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task Streams_and_displays_keep_their_order()
    {
        var outcome = (await fixture.RunAsync("""
            for (var i = 0; i < 50; i++)
            {
                Console.Out.Write($"o{i} ");
                Console.Error.Write($"e{i} ");
                if (i % 10 == 0) display(i);
            }
            """)).Ok();

        var said = string.Concat(outcome.Events.Select(message => message switch
        {
            StreamEvent stream => stream.Text,
            DisplayEvent display => $"d{display.Data["text/plain"]} ",
            _ => "",
        }));
        Assert.Equal(string.Concat(Enumerable.Range(0, 50).Select(i => $"o{i} e{i} " + (i % 10 == 0 ? $"d{i} " : ""))), said);
    }

    [Fact]
    public async Task Ten_megabytes_arrive_whole()
    {
        var outcome = (await fixture.RunAsync("for (var i = 0; i < 100_000; i++) Console.WriteLine($\"{i,8}\" + new string('x', 95));")).Ok();

        var lines = outcome.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(100_000, lines.Length);
        Assert.All(lines.Index(), line => Assert.Equal($"{line.Index,8}", line.Item[..8]));
        Assert.True(outcome.Events.Count < 20_000, $"{outcome.Events.Count} events for 100,000 lines");
    }

    [Fact]
    public async Task Closing_or_replacing_the_console_does_not_last()
    {
        (await fixture.RunAsync("Console.Out.Close(); Console.Error.Dispose(); Console.SetOut(System.IO.TextWriter.Null);")).Ok();

        Assert.Equal("still here\n", (await fixture.RunAsync("Console.WriteLine(\"still here\");")).Ok().Text);
    }

    [Fact]
    public async Task The_protocol_is_out_of_reach()
    {
        var written = Written("from a process\n");
        (await fixture.RunAsync("""
            using System.IO;
            using System.Diagnostics;
            using (var raw = Console.OpenStandardOutput()) raw.Write(Encoding.UTF8.GetBytes("{\"type\":\"done\",\"cell\":1,\"status\":\"Ok\"}\nraw\n"));
            Process.Start("sh", "-c \"echo from a process; cat\"").WaitForExit();
            """)).Ok();

        Assert.Contains("raw\n", await written, StringComparison.Ordinal);
        Assert.Equal("next\n", (await fixture.RunAsync("Console.WriteLine(\"next\")")).Ok().Text);
    }

    /// <summary>What comes on standard output, until it ends like this: what is written past the console may come after its cell has ended.</summary>
    private async Task<string> Written(string end)
    {
        var text = new StringBuilder();
        var complete = new TaskCompletionSource();
        void Hear(EngineEvent message)
        {
            if (message is StreamEvent { Name: "stdout" } stream && text.Append(stream.Text).ToString().EndsWith(end, StringComparison.Ordinal))
            {
                complete.TrySetResult();
            }
        }

        fixture.Engine.Received += Hear;
        await complete.Task.WaitAsync(EngineFixture.Patience);
        fixture.Engine.Received -= Hear;
        return text.ToString();
    }

    [SkippableFact]
    public async Task Console_colours_become_escape_sequences()
    {
        Skip.If(OperatingSystem.IsWindows());
        var outcome = (await fixture.RunAsync("""
            Console.Write("plain ");
            Console.ForegroundColor = ConsoleColor.Red;
            Console.Write("red ");
            Console.Write("too ");
            Console.BackgroundColor = ConsoleColor.DarkBlue;
            Console.Write("on blue ");
            Console.ResetColor();
            Console.Write("plain");
            """)).Ok();

        Assert.Equal("plain \u001b[91;49mred too \u001b[91;44mon blue \u001b[39;49mplain", outcome.Text);
    }

    [Theory]
    [InlineData("Console.ReadLine()")]
    [InlineData("Console.In.ReadToEnd()")]
    [InlineData("Console.Read()")]
    [InlineData("await Console.In.ReadLineAsync()")]
    public async Task Who_reads_from_the_console_is_told_that_nobody_answers(string read)
    {
        var error = (await fixture.RunAsync($"var a = 1;\n{read}")).Result.Error!;

        Assert.Equal(2, error.Line);
        Assert.Contains("cannot be asked", error.Message);
    }

    [Theory]
    [InlineData("Console.ReadLine()", "one")]
    [InlineData("await Console.In.ReadLineAsync()", "one")]
    [InlineData("Console.In.ReadToEnd()", "one\n")]
    [InlineData("$\"{(char)Console.Read()}{(char)Console.Read()}{Console.ReadLine()}{Console.ReadLine()}\"", "onetwo")]
    [InlineData("$\"{(char)Console.In.Peek()}{Console.ReadLine()}\"", "oone")]
    public async Task Who_can_answer_is_asked_once_a_line(string read, string expected)
    {
        var answers = new Queue<string>(["one", "two"]);
        await using var engine = await CellEngine.StartAsync(new EngineOptions { CanAsk = true });
        var shown = new List<DisplayEvent>();
        var result = await engine.ExecuteAsync(read, message =>
        {
            if (message is InputEvent)
            {
                _ = engine.AnswerAsync(answers.Dequeue());
            }
            else if (message is DisplayEvent display)
            {
                shown.Add(display);
            }
        });

        Assert.Null(result.Error);
        Assert.Equal(expected, (string?)Assert.Single(shown).Data["text/plain"]);
    }

    [Theory]
    [InlineData("Console.ReadLine();")]
    [InlineData("await Task.Run(Console.ReadLine);")]
    public async Task A_question_can_be_stopped_and_the_next_one_is_asked(string read)
    {
        await using var engine = await CellEngine.StartAsync(new EngineOptions { CanAsk = true });
        var asked = new TaskCompletionSource();
        var running = engine.ExecuteAsync($"var kept = 5;\n{read}", message => { if (message is InputEvent) { asked.SetResult(); } });
        await asked.Task;
        await engine.InterruptAsync();
        var stopped = await running;
        Assert.Equal((CellStatus.Interrupted, 2), (stopped.Status, stopped.Error!.Line));

        var answered = await engine.ExecuteAsync("if ($\"{kept}{Console.ReadLine()}\" != \"5 again\") throw new Exception();", message => _ = message is InputEvent ? engine.AnswerAsync(" again") : null);
        Assert.Null(answered.Error);
    }

    [SkippableFact]
    public async Task A_named_culture_is_that_culture_and_the_default_stays_invariant()
    {
        Skip.IfNot(CellEngine.HasCultures, "There is no ICU on this machine.");
        var outcome = (await fixture.RunAsync("using System.Globalization;\n1.5.ToString(new CultureInfo(\"de-DE\")) + \" \" + 1.5 + \" \" + $\"{2.5}\"")).Ok();

        Assert.Equal("1,5 1.5 2.5", outcome.PlainValue);
    }

    [SkippableFact]
    public async Task What_a_child_process_writes_is_standard_output()
    {
        Skip.If(OperatingSystem.IsWindows());
        var written = Written("from a child\n");
        (await fixture.RunAsync("using System.Diagnostics;\nProcess.Start(\"echo\", \"from a child\").WaitForExit();")).Ok();

        Assert.Equal("from a child\n", await written);
    }

    [Fact]
    public async Task Characters_beyond_the_basic_plane_survive()
    {
        var outcome = (await fixture.RunAsync("foreach (var half in \"∂h/∂x 😀 \\u0001 é\") Console.Write(half);")).Ok();

        Assert.Equal("∂h/∂x 😀 \u0001 é", outcome.Text);
    }

    [Fact]
    public async Task What_is_said_between_cells_is_heard()
    {
        var heard = new TaskCompletionSource<string>();
        void Hear(EngineEvent message)
        {
            if (message is StreamEvent { Text: "later\n" } stream)
            {
                heard.TrySetResult(stream.Name);
            }
        }

        fixture.Engine.Received += Hear;
        (await fixture.RunAsync("_ = Task.Run(async () => { await Task.Delay(200); Console.WriteLine(\"later\"); });")).Ok();

        Assert.Equal("stdout", await heard.Task.WaitAsync(EngineFixture.Patience));
        fixture.Engine.Received -= Hear;
    }
}
