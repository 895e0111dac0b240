using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>How a code cell stands.</summary>
internal enum LiveState
{
    /// <summary>It has not run since its engine started.</summary>
    Idle,

    /// <summary>It runs after those before it.</summary>
    Waiting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It ran to its end.</summary>
    Ok,

    /// <summary>It did not compile, threw, was stopped, or lost its process.</summary>
    Failed,
}

/// <summary>A code cell with what its last run said. What is shown is bounded; all of it is in the <see cref="Transcript"/>.</summary>
internal sealed class LiveCell(string id) : IDisposable
{
    /// <summary>Characters of console text shown in the page.</summary>
    private const int MostText = 300_000;

    /// <summary>Outputs shown in the page.</summary>
    private const int MostOutputs = 300;

    private readonly List<LiveOutput> outputs = [];
    private int textLength;
    private DateTime startedAt;

    public string Id => id;

    /// <summary>The model's version when anything but an output last changed.</summary>
    public long Version { get; set; }

    public LiveState State { get; private set; }

    /// <summary>Counts the cell's runs: outputs belong to one of them.</summary>
    public int Run { get; private set; }

    /// <summary>The number of the execution, as notebooks show it in brackets.</summary>
    public int? ExecutionCount { get; private set; }

    /// <summary>How long it runs, or ran.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>The line in which it failed, from 1.</summary>
    public int? ErrorLine { get; private set; }

    /// <summary>How it failed, one of <see cref="CellError.Name"/>.</summary>
    public string? ErrorName { get; private set; }

    /// <summary>Whether it waits for a line that the reader types.</summary>
    public bool IsAsking { get; set; }

    public IReadOnlyList<LiveOutput> Outputs => outputs;

    /// <summary>Characters of text, and outputs, that are not shown.</summary>
    public (long Characters, int Outputs) Hidden { get; private set; }

    public Transcript Transcript { get; private set; } = new();

    public TimeSpan RunningFor => State == LiveState.Running ? DateTime.UtcNow - startedAt : Elapsed;

    public void Wait() => State = LiveState.Waiting;

    /// <summary>Takes the cell out of the queue, or says that its variables are gone with their engine.</summary>
    public void Rest() => (State, IsAsking) = (LiveState.Idle, false);

    public void Start()
    {
        (State, ErrorLine, ErrorName, ExecutionCount, Hidden, textLength) = (LiveState.Running, null, null, null, default, 0);
        Run++;
        startedAt = DateTime.UtcNow;
        outputs.Clear();
        Transcript.Dispose();
        Transcript = new Transcript();
    }

    public void End(CellResult result)
    {
        (State, IsAsking) = (result.Status == CellStatus.Ok ? LiveState.Ok : LiveState.Failed, false);
        (ExecutionCount, Elapsed, ErrorLine, ErrorName) = (result.ExecutionCount, result.Elapsed, result.Error?.Line, result.Error?.Name);
    }

    /// <summary>Adds console text, to the last output where that is of the same stream.</summary>
    /// <returns>The output that changed, null when the text is not shown.</returns>
    public LiveOutput? AddText(string name, string text)
    {
        Transcript.Append(text);
        var shown = Math.Clamp(MostText - textLength, 0, text.Length);
        textLength += shown;
        Hidden = Hidden with { Characters = Hidden.Characters + text.Length - shown };
        if (shown == 0)
        {
            return null;
        }

        if (outputs.LastOrDefault() is not LiveText last || last.Name != name)
        {
            last = new LiveText(name);
            if (!TryAdd(last))
            {
                Hidden = Hidden with { Characters = Hidden.Characters + shown };
                return null;
            }
        }

        last.Append(text[..shown]);
        return last;
    }

    /// <summary>Adds a shown value or an error.</summary>
    /// <returns>The output, null when it is not shown.</returns>
    public LiveValue? AddValue(JsonObject output)
    {
        Transcript.Append((CellOutput.Text(output) ?? $"{(string?)output["ename"]}: {(string?)output["evalue"]}") + "\n");
        var value = new LiveValue($"{id}-{Run}-{outputs.Count}", output);
        return TryAdd(value) ? value : null;
    }

    public void Dispose() => Transcript.Dispose();

    private bool TryAdd(LiveOutput output)
    {
        // The last place is kept for an error.
        var most = output is LiveValue { Output: var json } && CellOutput.TypeOf(json) == "error" ? MostOutputs + 1 : MostOutputs;
        if (outputs.Count >= most)
        {
            Hidden = Hidden with { Outputs = Hidden.Outputs + 1 };
            return false;
        }

        outputs.Add(output);
        return true;
    }
}
