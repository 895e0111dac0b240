using System.Diagnostics;

namespace RnnBook.Notebook;

/// <summary>Runs a notebook's code cells in order in a new engine and writes their outputs into the document.</summary>
public static class NotebookRunner
{
    /// <summary>
    /// Runs the notebook until its end or its first failing cell. Outputs and execution counts of all code cells are replaced; those that
    /// did not run have none. The file is not saved.
    /// </summary>
    /// <param name="document">The notebook; it is changed.</param>
    /// <param name="options">Folder, environment, limits.</param>
    /// <param name="progress">Hears of each cell's start, of each event, and of each cell's end.</param>
    /// <param name="cancellationToken">Stops the running cell and the run; the outputs so far stay in the document.</param>
    /// <returns>What ran and how it ended; a failing cell or a cancellation is no exception.</returns>
    /// <exception cref="InvalidOperationException">The engine does not start.</exception>
    public static async Task<RunResult> RunAsync(
        NotebookDocument document, RunOptions? options = null, IProgress<RunProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new RunOptions();
        var watch = Stopwatch.StartNew();
        var runs = new List<CellRun>();
        var cancelled = false;
        foreach (var cell in document.Cells)
        {
            cell.ClearOutputs();
        }

        try
        {
            await using var engine = await CellEngine.StartAsync(EngineOptionsFor(document, options), cancellationToken).ConfigureAwait(false);
            var outputs = new OutputCollector(options.MaximumOutputLength);
            var codeCells = document.Cells.Index().Where(entry => entry.Item.Kind == CellKind.Code).ToArray();
            foreach (var (number, (index, cell)) in codeCells.Index())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var at = new RunProgress(index, number + 1, codeCells.Length, null, null);
                progress?.Report(at);
                outputs.StartCell(cell);
                if (cell.ForeignLanguage is { } language)
                {
                    outputs.Skip($"This cell is {language}: only C# runs here. It was skipped.");
                    continue;
                }

                var result = await engine.ExecuteAsync(
                    cell.Source,
                    message =>
                    {
                        outputs.Add(message);
                        progress?.Report(at with { Event = message });
                    },
                    options.CellTimeout,
                    cancellationToken).ConfigureAwait(false);
                outputs.EndCell(result);
                runs.Add(new CellRun(index, cell.Id, result));
                progress?.Report(at with { Result = result });
                if (result.Status != CellStatus.Ok)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            cancelled = true;
        }

        return new RunResult(runs, watch.Elapsed, cancelled || cancellationToken.IsCancellationRequested);
    }

    private static EngineOptions EngineOptionsFor(NotebookDocument document, RunOptions options) => new()
    {
        WorkingDirectory = options.WorkingDirectory
            ?? Path.GetDirectoryName(Path.GetFullPath(document.Path ?? "notebook"))!,
        Environment = options.Environment,
    };
}
