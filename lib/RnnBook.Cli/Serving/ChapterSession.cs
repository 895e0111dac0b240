using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>A cell that a page wants run.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Code">Its text as the reader has it.</param>
internal sealed record CellToRun(string Cell, string Code);

/// <summary>
/// One reader's session with one chapter: a queue of cells and the engine process that runs them, which is started when it is first needed.
/// All pages that the reader has open on the chapter share it.
/// </summary>
internal sealed class ChapterSession : IAsyncDisposable
{
    private readonly EngineOptions options;
    private readonly SessionPool pool;
    private readonly Lock gate = new();
    private readonly Queue<CellToRun> waiting = [];
    private readonly SemaphoreSlim engineChanges = new(1);
    private volatile CellEngine? engine;
    private Task worker = Task.CompletedTask;
    private bool isWorking;
    private volatile bool isClosed;

    public ChapterSession(Chapter chapter, IEnumerable<string> cellIds, EngineOptions options, SessionPool pool)
    {
        (Chapter, this.options, this.pool) = (chapter, options, pool);
        Notebook = new LiveNotebook(cellIds);
    }

    public Chapter Chapter { get; }

    public LiveNotebook Notebook { get; }

    /// <summary>When a reader last did something here.</summary>
    public DateTime LastUsed { get; private set; } = DateTime.UtcNow;

    public bool HasEngine => engine is { IsAlive: true };

    public bool IsBusy
    {
        get
        {
            lock (gate)
            {
                return isWorking;
            }
        }
    }

    /// <summary>Puts cells into the queue. One that fails takes those behind it out again.</summary>
    public void Run(IEnumerable<CellToRun> cells)
    {
        LastUsed = DateTime.UtcNow;
        lock (gate)
        {
            foreach (var cell in cells.Where(cell => Notebook.Has(cell.Cell) && !waiting.Any(other => other.Cell == cell.Cell)))
            {
                waiting.Enqueue(cell);
                Notebook.Queue(cell.Cell);
            }

            if (!isWorking && waiting.Count > 0)
            {
                isWorking = true;
                worker = Task.Run(WorkAsync);
            }
        }
    }

    /// <summary>Gives a cell that asks what the reader typed.</summary>
    public async Task AnswerAsync(AnswerCell answer)
    {
        LastUsed = DateTime.UtcNow;
        var line = answer.Text.ReplaceLineEndings(" ");
        if (engine is { } running && Notebook.Answer(answer.Cell, line))
        {
            await running.AnswerAsync(line);
        }
    }

    /// <summary>Stops the running cell and forgets those that wait; variables stay.</summary>
    public async Task StopAsync()
    {
        ForgetWaiting();
        if (engine is { } running)
        {
            await running.InterruptAsync();
        }
    }

    /// <summary>Gives the chapter a new engine without any variables.</summary>
    public async Task RestartAsync()
    {
        LastUsed = DateTime.UtcNow;
        await EndEngineAsync(null);
        await StartEngineAsync();
    }

    /// <summary>Starts the engine before it is needed.</summary>
    public async Task WarmUpAsync()
    {
        LastUsed = DateTime.UtcNow;
        if (engine is null && await StartEngineAsync() is { IsAlive: true })
        {
            // The first question loads the tools for completion, which takes a moment: better now than when a reader waits for it.
            await AnswerAsync(new CompleteCode(0, "", 0), CancellationToken.None);
        }
    }

    /// <summary>What the engine knows about code that is being typed; null where it knows nothing, or there is no engine.</summary>
    /// <exception cref="InvalidOperationException">The engine could not answer.</exception>
    public async Task<JsonNode?> AnswerAsync(CodeQuestion question, CancellationToken token)
    {
        if (engine is not { IsAlive: true } asked)
        {
            return null;
        }

        return question is InspectCode
            ? CodeAnswer.Of(await asked.InspectAsync(question.Code, question.Position, token))
            : CodeAnswer.Of(await asked.CompleteAsync(question.Code, question.Position, token));
    }

    /// <summary>Ends the engine process, with a running cell.</summary>
    /// <param name="why">What the reader should know; null where they asked for it.</param>
    public async Task EndEngineAsync(string? why)
    {
        ForgetWaiting();
        await engineChanges.WaitAsync();
        try
        {
            if (engine is { } old)
            {
                engine = null;
                await old.DisposeAsync();
                Notebook.ForgetRuns();
            }

            Notebook.SetEngine("none", why);
        }
        finally
        {
            engineChanges.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        isClosed = true;
        await EndEngineAsync(null);
        await worker;
        Notebook.Dispose();
    }

    private async Task WorkAsync()
    {
        while (HasWork())
        {
            if (await StartEngineAsync() is not { } running)
            {
                ForgetWaiting();
                continue;
            }

            // Whoever pressed Stop while the engine started has emptied the queue.
            if (Next() is not { } cell)
            {
                continue;
            }

            Notebook.Start(cell.Cell);
            if (running.IsAlive)
            {
                Notebook.SetEngine("busy");
            }

            var result = await running.ExecuteAsync(cell.Code);
            if (running != engine && result.Error is { } error)
            {
                result = result with { Error = error with { Name = "Stopped", Message = "The chapter's engine was ended.", Trace = [] } };
            }

            Notebook.End(cell.Cell, result);
            LastUsed = DateTime.UtcNow;
            if (result.Status != CellStatus.Ok)
            {
                ForgetWaiting();
            }

            ShowState(running);
        }
    }

    private bool HasWork()
    {
        lock (gate)
        {
            return isWorking = waiting.Count > 0;
        }
    }

    private CellToRun? Next()
    {
        lock (gate)
        {
            return waiting.TryDequeue(out var next) ? next : null;
        }
    }

    private void ShowState(CellEngine running)
    {
        if (running == engine && running.IsAlive)
        {
            Notebook.SetEngine("idle");
        }
    }

    /// <summary>Says at once that the engine has died, whether a cell runs or not, and why.</summary>
    private async Task WatchAsync(CellEngine watched)
    {
        var why = await watched.Ended;
        if (watched == engine)
        {
            ForgetWaiting();
            Notebook.SetEngine("gone", $"{why.Message} This chapter's variables are gone with it. Restart gives it a new one; other chapters are not touched.");
        }
    }

    /// <summary>The engine, started if there is none. One whose process has died stays until the reader restarts it, so that nobody
    /// works on without noticing that the variables are gone.</summary>
    private async Task<CellEngine?> StartEngineAsync()
    {
        await engineChanges.WaitAsync();
        try
        {
            if (engine is not null || isClosed)
            {
                return engine;
            }

            Notebook.SetEngine("starting");
            using var place = await pool.MakeRoomForAsync(this);
            engine = await CellEngine.StartAsync(options);
            engine.Received += Notebook.Hear;
            Notebook.SetEngine("idle");
            _ = WatchAsync(engine);
            return engine;
        }
        catch (Exception exception) when (exception is BookException or InvalidOperationException)
        {
            Notebook.SetEngine("none", exception.Message);
            return null;
        }
        finally
        {
            engineChanges.Release();
        }
    }

    private void ForgetWaiting()
    {
        lock (gate)
        {
            while (waiting.TryDequeue(out var cell))
            {
                Notebook.Unqueue(cell.Cell);
            }
        }
    }
}
