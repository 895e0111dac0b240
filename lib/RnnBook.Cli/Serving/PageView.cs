using System.Text.Json.Nodes;

namespace RnnBook.Cli;

/// <summary>What one open page shows by now, so that it is told only what is new.</summary>
internal sealed class PageView
{
    /// <summary>How far the page has got with a text: its cell's run, and the html of finished lines.</summary>
    private readonly Dictionary<(string Cell, int Output), (int Run, int Finished)> texts = [];

    /// <summary>The model's version that the page shows.</summary>
    public long Seen { get; set; }

    public void AddChanges(LiveCell cell, JsonArray changes)
    {
        if (cell.Version > Seen && cell.Version > 0)
        {
            changes.Add(new JsonObject
            {
                ["cell"] = cell.Id,
                ["state"] = cell.State.ToString().ToLowerInvariant(),
                ["run"] = cell.Run,
                ["asks"] = cell.IsAsking,
                ["count"] = cell.ExecutionCount,
                ["seconds"] = Math.Round(cell.RunningFor.TotalSeconds, 3),
                ["errorLine"] = cell.ErrorLine,
                ["errorName"] = cell.ErrorName,
                ["hiddenCharacters"] = cell.Hidden.Characters,
                ["hiddenOutputs"] = cell.Hidden.Outputs,
            });
        }

        foreach (var (index, output) in cell.Outputs.Index())
        {
            if (output.Version > Seen)
            {
                var change = output is LiveText text ? Text(cell, index, text) : Value((LiveValue)output);
                change["cell"] = cell.Id;
                change["run"] = cell.Run;
                change["output"] = index;
                changes.Add(change);
            }
        }
    }

    private JsonObject Text(LiveCell cell, int index, LiveText text)
    {
        var from = texts.TryGetValue((cell.Id, index), out var shown) && shown.Run == cell.Run ? shown.Finished : 0;
        texts[(cell.Id, index)] = (cell.Run, text.Finished);
        return new JsonObject { ["stream"] = text.Name, ["from"] = from, ["lines"] = text.FinishedFrom(from), ["open"] = text.OpenHtml() };
    }

    private static JsonObject Value(LiveValue value) => new() { ["html"] = value.Html, ["exercise"] = value.ExerciseResult?.DeepClone() };
}
