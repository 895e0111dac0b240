namespace RnnBook.Notebook.Tests;

/// <summary>Whole notebooks: outputs as nbformat wants them, the first failure ends the run.</summary>
public sealed class NotebookRunnerTests
{
    private static NotebookDocument Notebook(params string[] cells)
    {
        var document = new NotebookDocument();
        document.Cells.Add(new Cell(CellKind.Markdown, "# Title"));
        foreach (var code in cells)
        {
            document.Cells.Add(new Cell(CellKind.Code, code));
        }

        return document;
    }

    [Theory]
    [InlineData("polyglot_notebook", "kernelName", "fsharp")]
    [InlineData("dotnet_interactive", "language", "mermaid")]
    public async Task A_cell_of_another_language_is_named_and_skipped(string tool, string name, string language)
    {
        var document = Notebook("var x = 1;", "let y = 2", "x + 1");
        document.Cells[2].Metadata[tool] = new System.Text.Json.Nodes.JsonObject { [name] = language };
        document.Cells[3].Metadata[tool] = new System.Text.Json.Nodes.JsonObject { [name] = "csharp" };

        var run = await NotebookRunner.RunAsync(document);

        Assert.True(run.Succeeded, run.FailureSummary);
        Assert.Contains($"This cell is {language}: only C# runs here.", document.Cells[2].Outputs.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("\"2\"", document.Cells[3].Outputs.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_are_written_in_order_and_updates_reach_earlier_cells()
    {
        var document = Notebook(
            "Console.Write(\"a\");\nConsole.WriteLine(\"b\");\nConsole.Error.WriteLine(\"e\");\nvar d = display(\"old\");\nnew[] { new { X = 1 } }",
            "d.Update(\"new\");\nEnvironment.GetEnvironmentVariable(\"RNNBOOK_TEST\") + System.IO.Path.GetFileName(System.IO.Directory.GetCurrentDirectory())",
            "Console.Write(new string('x', 300));");
        var folder = Directory.CreateTempSubdirectory("rnnbook-test-");
        var progress = new Recorder();

        var run = await NotebookRunner.RunAsync(
            document,
            new RunOptions
            {
                WorkingDirectory = folder.FullName,
                Environment = new Dictionary<string, string?> { ["RNNBOOK_TEST"] = "value " },
                MaximumOutputLength = 200,
            },
            progress);
        folder.Delete();

        Assert.True(run.Succeeded, run.FailureSummary);
        Assert.Equal([1, 2, 3], run.Cells.Select(cell => cell.CellIndex));
        var first = document.Cells[1].Outputs;
        Assert.Equal(["stream", "stream", "display_data", "execute_result"], first.Select(CellOutput.TypeOf));
        Assert.Equal("ab\n", CellOutput.Text(first[0]));
        Assert.Equal("stderr", (string?)first[1]!["name"]);
        Assert.Equal("new", CellOutput.Text(first[2]));
        Assert.Equal("[ { X = 1 } ]", CellOutput.Text(first[3]));
        Assert.Equal(1, (int)first[3]!["execution_count"]!);
        Assert.Equal(2, document.Cells[2].ExecutionCount);
        Assert.Equal("value " + folder.Name, CellOutput.Text(document.Cells[2].Outputs[0]));
        Assert.Contains("100 more characters", CellOutput.Text(document.Cells[3].Outputs[0]));
        Assert.Equal([1, 2, 3], progress.Reports.Where(report => report.Result is not null).Select(report => report.CodeCellNumber));
        Assert.Contains(progress.Reports, report => report.Event is StreamEvent { Text: var text } && text.StartsWith('a'));
        Assert.Equal(document.ToJson(), NotebookDocument.Parse(document.ToJson()).ToJson());
    }

    [Fact]
    public async Task The_first_failing_cell_ends_the_run_and_is_named()
    {
        var document = Notebook("1", "var ok = 1;\nthrow new Exception(\"stop\");", "2");
        document.Cells[3].Outputs.Add(CellOutput.Stream("stdout", "from an earlier run"));

        var run = await NotebookRunner.RunAsync(document);

        Assert.False(run.Succeeded);
        Assert.Equal((2, document.Cells[2].Id, 2), (run.Failure!.CellIndex, run.Failure.CellId, run.Failure.Result.Error!.Line));
        Assert.Equal($"cell 3 ({document.Cells[2].Id}), line 2: System.Exception: stop", run.FailureSummary);
        Assert.Equal("error", CellOutput.TypeOf(document.Cells[2].Outputs[^1]));
        Assert.Equal("stop", (string?)document.Cells[2].Outputs[^1]!["evalue"]);
        Assert.Empty(document.Cells[3].Outputs);
        Assert.Null(document.Cells[3].ExecutionCount);
    }

    [Fact]
    public async Task A_cell_past_the_limit_ends_the_run()
    {
        var run = await NotebookRunner.RunAsync(Notebook("while (true) { }"), new RunOptions { CellTimeout = TimeSpan.FromSeconds(0.5) });

        Assert.Equal(CellStatus.TimedOut, run.Failure!.Result.Status);
    }

    [Fact]
    public async Task Cancelling_stops_the_run_and_keeps_what_there_is()
    {
        var document = Notebook("Console.WriteLine(\"done\");", "while (true) { }", "3");
        using var cancellation = new CancellationTokenSource();
        var progress = new Recorder(report =>
        {
            if (report is { CodeCellNumber: 2, Event: StartedEvent })
            {
                cancellation.Cancel();
            }
        });

        var run = await NotebookRunner.RunAsync(document, null, progress, cancellation.Token).WaitAsync(EngineFixture.Patience);

        Assert.True(run.WasCancelled);
        Assert.False(run.Succeeded);
        Assert.Equal("done\n", CellOutput.Text(document.Cells[1].Outputs[0]));
        Assert.Empty(document.Cells[3].Outputs);
    }

    private sealed class Recorder(Action<RunProgress>? onReport = null) : IProgress<RunProgress>
    {
        public List<RunProgress> Reports { get; } = [];

        public void Report(RunProgress value)
        {
            Reports.Add(value);
            onReport?.Invoke(value);
        }
    }
}
