using System.Collections.Concurrent;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>All sessions, one for each reader and chapter, and the limit on how many engine processes they may have between them.</summary>
internal sealed class SessionPool(BookFolder book, ServeSettings settings) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Reader, string Chapter), Lazy<ChapterSession>> sessions = [];
    private readonly SemaphoreSlim oneAtATime = new(1);
    private int starting;

    private IEnumerable<ChapterSession> Sessions => sessions.Values.Where(session => session.IsValueCreated).Select(session => session.Value);

    /// <summary>The reader's session with a chapter.</summary>
    /// <exception cref="NotebookException">The chapter cannot be read.</exception>
    public ChapterSession SessionOf(string reader, Chapter chapter)
    {
        var session = sessions.GetOrAdd((reader, chapter.Name), _ => new Lazy<ChapterSession>(() => NewSession(chapter)));
        try
        {
            return session.Value;
        }
        catch (NotebookException)
        {
            // The file may be mended: the next attempt reads it anew.
            sessions.TryRemove(new((reader, chapter.Name), session));
            throw;
        }
    }

    /// <summary>The session, null where the reader has not run anything in the chapter.</summary>
    public ChapterSession? Find(string reader, string chapter) =>
        sessions.TryGetValue((reader, chapter), out var session) && session.IsValueCreated ? session.Value : null;

    /// <summary>Ends the engine that has been idle longest if there are as many as may be.</summary>
    /// <returns>Keeps the place free until it is disposed of: when the engine has started, or failed to.</returns>
    /// <exception cref="BookException">All of them are busy.</exception>
    public async Task<IDisposable> MakeRoomForAsync(ChapterSession newcomer)
    {
        await oneAtATime.WaitAsync();
        try
        {
            var running = Sessions.Where(session => session.HasEngine && session != newcomer).ToList();
            if (running.Count + starting >= settings.MaximumEngines)
            {
                var oldest = running.Where(session => !session.IsBusy).MinBy(session => session.LastUsed)
                    ?? throw new BookException($"{running.Count + starting} chapters are running cells already: stop one of them first.");
                await oldest.EndEngineAsync(
                    $"Chapter {newcomer.Chapter.Number} needed an engine, and at most {settings.MaximumEngines} run at once: this chapter's variables are gone. " +
                    "Running a cell starts a new engine.");
            }

            return new Place(this);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Sessions.Select(session => session.DisposeAsync().AsTask()));
        oneAtATime.Dispose();
    }

    /// <summary>Counts an engine that is being started.</summary>
    private sealed class Place : IDisposable
    {
        private readonly SessionPool pool;

        public Place(SessionPool pool)
        {
            this.pool = pool;
            Interlocked.Increment(ref pool.starting);
        }

        public void Dispose() => Interlocked.Decrement(ref pool.starting);
    }

    private ChapterSession NewSession(Chapter chapter)
    {
        var document = NotebookDocument.Load(chapter.File);
        if (document.ForeignLanguage is { } language)
        {
            throw new NotebookException(ChapterRun.ForeignText(chapter, language));
        }

        var cells = document.Cells.Where(cell => cell.Kind == CellKind.Code).Select(cell => cell.Id);
        var options = new EngineOptions { WorkingDirectory = book.Notebooks, Environment = settings.Run.Environment, CanAsk = true };
        return new ChapterSession(chapter, cells, options, this);
    }
}
