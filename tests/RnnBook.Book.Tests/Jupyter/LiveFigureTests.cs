using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>A live figure finds its host: the engine, Jupyter through the kernel; else it keeps its last state.</summary>
[Collection(JupyterTests.Name)]
public sealed class LiveFigureTests(InstalledKernel kernel)
{
    private const string Html = "text/html";

    private static readonly string Figures = Path.Combine(Path.GetDirectoryName(BookProcess.Program)!, "RnnBook.Figures.dll");

    /// <summary>Ten thousand points, the last one at 12345.5.</summary>
    private static readonly string Cell = $"""
        #r "{Figures}"
        using RnnBook.Figures;
        var live = new LiveFigure(new Figure("Loss")).Show();
        for (var i = 1; i < 10_000; i++) live.Add("loss", i, 1.0 / i);
        live.Add("loss", 10_000, 12345.5);
        live.Done();
        """;

    [Fact]
    public async Task In_the_engine_it_is_one_figure_that_changes()
    {
        await using var engine = await CellEngine.StartAsync();
        var events = new List<EngineEvent>();
        var result = await engine.ExecuteAsync(Cell, events.Add);

        Assert.Null(result.Error);
        var shown = Assert.Single(events.OfType<DisplayEvent>());
        var updates = events.OfType<UpdateEvent>().ToList();
        Assert.DoesNotContain("12345.5", (string?)shown.Data[Html]);
        Assert.All(updates, update => Assert.Equal(shown.Id, update.Id));
        Assert.Contains("12345.5", (string?)updates[^1].Data[Html]);

        var last = new List<EngineEvent>();
        await engine.ExecuteAsync("live", last.Add);
        Assert.Contains("12345.5", (string?)Assert.Single(last.OfType<DisplayEvent>()).Data[Html]);
    }

    [SkippableFact]
    public async Task In_Jupyter_the_notebook_keeps_the_last_state()
    {
        kernel.Need();
        var notebook = new NotebookDocument();
        notebook.Cells.Add(new Cell(CellKind.Code, Cell));
        var source = Path.Combine(kernel.Folder, "live.ipynb");
        notebook.Save(source);

        var result = await kernel.ExecuteAsync(source, "--output", "live.done.ipynb");

        Assert.True(result.ExitCode == 0, result.ToString());
        var output = Assert.Single(NotebookDocument.Load(Path.Combine(kernel.Folder, "live.done.ipynb")).Cells[0].Outputs);
        Assert.Equal("display_data", CellOutput.TypeOf(output));
        Assert.Contains("12345.5", CellOutput.Text(output, Html));
    }
}
