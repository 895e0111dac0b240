using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RnnBook.Notebook;

/// <summary>Runs cells one after the other on the page's worker, each on the state that the ones before it have left.</summary>
internal sealed partial class CellSession
{
    /// <summary>With what it needs it is 10 MB, and the framework is trimmed of parts that it asks for. What follows such a cell needs nothing of it, so the chapter goes on.</summary>
    private const string WithoutPlotlyNet =
        "<p><em>Not run: this cell draws with Plotly.NET, which the page's engine does not have. It runs with the book on your machine (<code>book serve</code>).</em></p>";

    private readonly CellOutputs outputs;
    private readonly CellCompiler compiler = new();
    private readonly CellStates states;

    public CellSession(OutputQueue queue)
    {
        states = new CellStates(compiler);
        outputs = new CellOutputs(queue);
        CellHost.Attach(outputs);
    }

    /// <summary>What the next cell would be compiled with.</summary>
    public CompilationContext Context => compiler.Context;

    /// <summary>Runs a cell to its end.</summary>
    public async Task<CellResult> ExecuteAsync(int cell, string code)
    {
        var watch = Stopwatch.StartNew();
        Console.SetOut(new CellTextWriter(outputs, "stdout"));
        Console.SetError(new CellTextWriter(outputs, "stderr"));
        Console.SetIn(new CellInput());
        outputs.StartCell(cell);
        CellError? error = null;
        try
        {
            await RunAsync(cell, code);
        }
        catch (Exception exception)
        {
            error = CellErrors.Explain(exception, cell, code);
        }

        return new CellResult(error is null ? CellStatus.Ok : CellStatus.Error, cell, error, watch.Elapsed);
    }

    private async Task RunAsync(int cell, string code)
    {
        if (PlotlyNet().IsMatch(code))
        {
            outputs.Show(new HtmlText(WithoutPlotlyNet), []);
            return;
        }

        var submission = compiler.Compile(code, cell);
        if (submission.Start is not { } start)
        {
            compiler.BuildOn(submission);
            return;
        }

        object? value;
        try
        {
            value = await start(states.For(submission));
        }
        finally
        {
            states.Keep(submission);
        }

        if (submission.Shows(value))
        {
            outputs.Show(value, [], isResult: true);
        }
    }

    [GeneratedRegex(@"\busing\s+Plotly\.NET\b|\bPlotly\.NET\.\w|\.ToChart\(")]
    private static partial Regex PlotlyNet();
}
