using System.Text.Json.Nodes;
using RnnBook.Cli;

namespace RnnBook.Notebook;

/// <summary>A chapter's session in its page: the cells that wait, what the page is told of them, and the notebook to take away.</summary>
internal sealed class PageSession
{
    private readonly LiveNotebook notebook;
    private readonly PageView view = new();
    private readonly OutputQueue queue;
    private readonly CellSession session;
    private readonly Action<string> post;
    private int executions;

    /// <param name="cellIds">The chapter's code cells.</param>
    /// <param name="post">Takes what the page must change, as JSON.</param>
    public PageSession(IEnumerable<string> cellIds, Action<string> post)
    {
        this.post = post;
        notebook = new LiveNotebook(cellIds);
        queue = new OutputQueue(notebook.Hear, Show);
        session = new CellSession(queue);
    }

    /// <summary>The cell is going to run after others.</summary>
    public void Queue(string cell)
    {
        notebook.Queue(cell);
        queue.Flush();
    }

    /// <summary>The cell does not run after all.</summary>
    public void Unqueue(string cell)
    {
        notebook.Unqueue(cell);
        queue.Flush();
    }

    /// <summary>Runs a cell; false when it failed.</summary>
    public async Task<bool> RunAsync(string cell, string code)
    {
        notebook.Start(cell);
        notebook.SetEngine("busy");
        queue.Flush();

        // On a stack of its own: the page's call is left at once.
        var result = await Task.Run(() => session.ExecuteAsync(++executions, code));
        queue.Flush();
        notebook.End(cell, result);
        notebook.SetEngine("idle");
        queue.Flush();
        return result.Status == CellStatus.Ok;
    }

    /// <summary>What could stand at a place of a source that is being typed, as the page's editor wants it.</summary>
    public string Complete(string code, int place) => CodeAnswer.Of(Completer.Complete(Open(code), Math.Clamp(place, 0, code.Length))).ToJsonString();

    /// <summary>What is known of the name at a place; empty where nothing is.</summary>
    public string Inspect(string code, int place) => CodeAnswer.Of(Inspector.Inspect(Open(code), Math.Clamp(place, 0, code.Length)))?.ToJsonString() ?? "";

    /// <summary>All that a cell's last run said.</summary>
    public string Transcript(string cell)
    {
        using var transcript = notebook.OpenTranscript(cell);
        return transcript is null ? "" : new StreamReader(transcript).ReadToEnd();
    }

    /// <summary>The notebook with what its cells said.</summary>
    /// <param name="json">The notebook with the reader's sources.</param>
    public string WithOutputs(string json)
    {
        var document = NotebookDocument.Parse(json);
        notebook.WriteTo(document);
        return document.ToJson();
    }

    private TypedCell Open(string code) => CellDocuments.Open(code, session.Context);

    private void Show()
    {
        var changes = notebook.ChangesFor(view);
        if (changes.Count > 0)
        {
            post(changes.ToJsonString());
        }
    }
}
