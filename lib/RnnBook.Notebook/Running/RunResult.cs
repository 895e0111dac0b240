namespace RnnBook.Notebook;

/// <summary>The outcome of one cell of a run.</summary>
/// <param name="CellIndex">The cell's place among all the notebook's cells, from 0.</param>
/// <param name="CellId">The cell's id.</param>
/// <param name="Result">How it ended and how long it took.</param>
public sealed record CellRun(int CellIndex, string CellId, CellResult Result);

/// <summary>The outcome of a run: the cells that ran, in order; the last one may have failed.</summary>
/// <param name="Cells">The code cells that were started.</param>
/// <param name="Elapsed">The whole run's time, with the start of the engine.</param>
/// <param name="WasCancelled">Whether the run was cancelled.</param>
public sealed record RunResult(IReadOnlyList<CellRun> Cells, TimeSpan Elapsed, bool WasCancelled)
{
    /// <summary>The first cell that did not end well; the cells after it did not run. Null when there is none.</summary>
    public CellRun? Failure => Cells.FirstOrDefault(cell => cell.Result.Status != CellStatus.Ok);

    /// <summary>Whether every code cell ran to its end.</summary>
    public bool Succeeded => Failure is null && !WasCancelled;

    /// <summary>One line about the failure: cell (from 1, with its id), line, what. Null when there is none.</summary>
    public string? FailureSummary => Failure is { Result.Error: { } error } failure
        ? $"cell {failure.CellIndex + 1} ({failure.CellId}), line {error.Line}: {error.Name}: {error.Message.ReplaceLineEndings(" ")}"
        : null;
}
