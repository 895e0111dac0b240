using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>
/// A chapter as it stands in one reader's session: states and outputs of its code cells, and the engine's state. Engine events change it;
/// pages ask what has changed since they last asked, as often as they can take it. So nothing piles up for a slow page, none gets
/// anything out of order, and a page that is opened anew sees what the others see.
/// </summary>
internal sealed class LiveNotebook(IEnumerable<string> cellIds) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LiveCell> cells = cellIds.ToDictionary(id => id, id => new LiveCell(id));
    private readonly Dictionary<string, List<LiveValue>> displays = [];
    private readonly Dictionary<int, LiveCell> executions = [];
    private LiveCell? current;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long version = 1;
    private long engineVersion = 1;
    private string engineState = "none";
    private string? notice;

    /// <summary>Completes at the next change. Take it before asking what has changed.</summary>
    public Task Changed
    {
        get
        {
            lock (gate)
            {
                return changed.Task;
            }
        }
    }

    public bool Has(string cellId) => cells.ContainsKey(cellId);

    /// <summary>Says how the engine stands: none, starting, idle, busy, gone.</summary>
    /// <param name="state">The state.</param>
    /// <param name="text">A notice for the reader, which stands until the state changes.</param>
    public void SetEngine(string state, string? text = null) => Change(now => (engineState, notice, engineVersion) = (state, text, now));

    /// <summary>The engine's variables are gone: no cell counts as run, and nothing that it shows can still change.</summary>
    public void ForgetRuns() => Change(now =>
    {
        displays.Clear();
        executions.Clear();
        foreach (var cell in cells.Values.Where(cell => cell.State is not LiveState.Idle))
        {
            cell.Rest();
            cell.Version = now;
        }
    });

    public void Queue(string cellId) => ChangeCell(cellId, cell => cell.Wait());

    /// <summary>A cell that waited does not run after all.</summary>
    public void Unqueue(string cellId) => ChangeCell(cellId, cell => cell.Rest());

    public void Start(string cellId) => ChangeCell(cellId, cell =>
    {
        foreach (var places in displays.Values)
        {
            places.RemoveAll(cell.Outputs.Contains);
        }

        cell.Start();
        current = cell;
    });

    public void End(string cellId, CellResult result) => ChangeCell(cellId, cell =>
    {
        cell.End(result);
        if (result.Error is { } error)
        {
            Touch(cell.AddValue(CellOutput.Error(error)));
        }
    });

    /// <summary>Takes in what the engine says.</summary>
    public void Hear(EngineEvent message) => Change(now =>
    {
        if (CellOf(message) is not { } cell)
        {
            return;
        }

        switch (message)
        {
            case StreamEvent stream:
                Touch(cell.AddText(stream.Name, stream.Text));
                cell.Version = cell.Hidden == default ? cell.Version : now;
                break;
            case InputEvent when cell.State == LiveState.Running:
                cell.IsAsking = true;
                cell.Version = now;
                break;
            case DisplayEvent display:
                var output = display.IsResult ? CellOutput.Result(display.Data, display.Cell) : CellOutput.Display(display.Data);
                if (cell.AddValue(output) is { } value)
                {
                    Touch(value);
                    displays.TryAdd(display.Id, []);
                    displays[display.Id].Add(value);
                }

                cell.Version = cell.Hidden == default ? cell.Version : now;
                break;
            case UpdateEvent update when displays.TryGetValue(update.Id, out var places):
                foreach (var place in places)
                {
                    place.Replace(update.Data);
                    Touch(place);
                }

                break;
        }
    });

    /// <summary>Shows what the reader typed below the cell that asks.</summary>
    /// <returns>Whether it does ask: of two pages' answers the first counts.</returns>
    public bool Answer(string cellId, string text)
    {
        var asked = false;
        Change(now =>
        {
            if (cells.GetValueOrDefault(cellId) is { IsAsking: true } cell)
            {
                asked = true;
                cell.IsAsking = false;
                cell.Version = now;
                Touch(cell.AddText("stdout", text + "\n"));
            }
        });
        return asked;
    }

    /// <summary>What a page must change to show what there is now; empty when it shows it.</summary>
    public JsonArray ChangesFor(PageView view)
    {
        lock (gate)
        {
            var changes = new JsonArray();
            if (engineVersion > view.Seen)
            {
                changes.Add(new JsonObject { ["engine"] = engineState, ["notice"] = notice });
            }

            foreach (var cell in cells.Values)
            {
                view.AddChanges(cell, changes);
            }

            view.Seen = version;
            return changes;
        }
    }

    /// <summary>All that a cell's last run said.</summary>
    public Stream? OpenTranscript(string cellId)
    {
        lock (gate)
        {
            return cells.TryGetValue(cellId, out var cell) ? cell.Transcript.Open() : null;
        }
    }

    /// <summary>Puts the outputs into a copy of the notebook.</summary>
    public void WriteTo(NotebookDocument document)
    {
        lock (gate)
        {
            foreach (var cell in document.Cells.Where(cell => cell.Kind == CellKind.Code))
            {
                cell.ClearOutputs();
                if (cells.TryGetValue(cell.Id, out var live))
                {
                    cell.ExecutionCount = live.ExecutionCount;
                    foreach (var output in live.Outputs)
                    {
                        cell.Outputs.Add(output is LiveText text ? CellOutput.Stream(text.Name, text.Text) : ((LiveValue)output).Output.DeepClone());
                    }
                }
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var cell in cells.Values)
            {
                cell.Dispose();
            }
        }
    }

    /// <summary>The cell that an execution belongs to; what the process itself says belongs to the one that runs or ran last.</summary>
    private LiveCell? CellOf(EngineEvent message)
    {
        if (message.Cell == 0 || current is null)
        {
            return current;
        }

        executions.TryAdd(message.Cell, current);
        return executions[message.Cell];
    }

    private void Touch(LiveOutput? output) => output?.Version = version;

    private void ChangeCell(string cellId, Action<LiveCell> change) => Change(now =>
    {
        var cell = cells[cellId];
        change(cell);
        cell.Version = now;
    });

    private void Change(Action<long> change)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            change(++version);
            (before, changed) = (changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        before.SetResult();
    }
}
