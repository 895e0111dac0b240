using System.Text;
using System.Text.Json.Nodes;

namespace RnnBook.Notebook;

/// <summary>
/// Turns an engine's events into a notebook's outputs: adjacent texts of one stream become one output, updates change the output that
/// shows the value, in whatever cell it stands.
/// </summary>
public sealed class OutputCollector(int maximumLength)
{
    private readonly Dictionary<string, List<JsonObject>> displays = [];
    private readonly StringBuilder text = new();
    private Cell? cell;
    private string? streamName;
    private long streamLength;

    /// <summary>The following events belong to this code cell.</summary>
    public void StartCell(Cell codeCell)
    {
        cell = codeCell;
        cell.ClearOutputs();
    }

    /// <summary>Adds what an event says to the cell's outputs.</summary>
    public void Add(EngineEvent message)
    {
        switch (message)
        {
            case StreamEvent stream:
                AddText(stream.Name, stream.Text);
                break;
            case DisplayEvent display:
                var output = display.IsResult
                    ? CellOutput.Result(Shortened(display.Data), display.Cell)
                    : CellOutput.Display(Shortened(display.Data));
                AddOutput(output);
                if (!displays.TryGetValue(display.Id, out var shown))
                {
                    displays[display.Id] = shown = [];
                }

                shown.Add(output);
                break;
            case UpdateEvent update when displays.TryGetValue(update.Id, out var earlier):
                foreach (var place in earlier)
                {
                    place["data"] = CellOutput.Stored(Shortened(update.Data));
                }

                break;
        }
    }

    /// <summary>Writes the execution count and, where the cell failed, the error output.</summary>
    public void EndCell(CellResult result)
    {
        EndStream();
        cell!.ExecutionCount = result.ExecutionCount;
        if (result.Error is { } error)
        {
            cell.Outputs.Add((JsonNode)CellOutput.Error(error));
        }
    }

    /// <summary>Writes in place of outputs why the cell has none.</summary>
    public void Skip(string why) => cell!.Outputs.Add((JsonNode)CellOutput.Stream("stdout", why + "\n"));

    private void AddOutput(JsonObject output)
    {
        EndStream();
        cell!.Outputs.Add((JsonNode)output);
    }

    private void AddText(string name, string added)
    {
        if (name != streamName)
        {
            EndStream();
            streamName = name;
        }

        streamLength += added.Length;
        var free = maximumLength - text.Length;
        text.Append(added.AsSpan(0, Math.Min(added.Length, free)));
    }

    private void EndStream()
    {
        if (streamName is null)
        {
            return;
        }

        if (streamLength - text.Length is > 0 and var left)
        {
            text.Append($"\n… {left:N0} more characters are not kept: write long output to a file\n");
        }

        cell!.Outputs.Add((JsonNode)CellOutput.Stream(streamName, text.ToString()));
        text.Clear();
        streamName = null;
        streamLength = 0;
    }

    private JsonObject Shortened(JsonObject data)
    {
        if (!data.Any(entry => TooLong(entry.Key, entry.Value)))
        {
            return data;
        }

        var shortened = (JsonObject)data.DeepClone();
        foreach (var (mimeType, value) in data.Where(entry => TooLong(entry.Key, entry.Value)))
        {
            var whole = (string)value!;
            shortened[mimeType] = $"{whole.AsSpan(0, maximumLength)}\n… {whole.Length - maximumLength:N0} more characters are not kept";
        }

        return shortened;
    }

    // Only plain text can be cut anywhere: half a page of html or half an image is broken.
    private bool TooLong(string mimeType, JsonNode? value) =>
        mimeType == "text/plain" && MultilineText.IsText(value) && ((string)value!).Length > maximumLength;
}
