using System.Diagnostics;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>
/// Runs chapters one after the other, since they measure times, each in an engine process of its own, so that whatever happens to one
/// the others run.
/// </summary>
internal sealed class BookRunner(BookFolder book, RunSettings settings, IRunDisplay display)
{
    /// <summary>Runs the chapters and writes each executed notebook as soon as it is there.</summary>
    /// <exception cref="OperationCanceledException">Cancelled: the chapter that was running leaves nothing, those before it are written.</exception>
    public async Task<IReadOnlyList<ChapterRun>> RunAsync(IReadOnlyList<Chapter> chapters, CancellationToken cancellationToken)
    {
        var runs = new List<ChapterRun>();
        await display.WhileAsync(chapters, async () =>
        {
            foreach (var chapter in chapters)
            {
                display.Started(chapter);
                var run = await RunAsync(chapter, cancellationToken);
                runs.Add(run);
                display.Ended(run);
            }
        });
        return runs;
    }

    private async Task<ChapterRun> RunAsync(Chapter chapter, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        string fingerprint;
        NotebookDocument document;
        try
        {
            fingerprint = RunStamp.FingerprintOf(book, chapter);
            document = NotebookDocument.Load(chapter.File);
        }
        catch (NotebookException exception)
        {
            return new ChapterRun(chapter, null, null, exception.Message);
        }

        if (document.Cells.Count == 0)
        {
            return new ChapterRun(chapter, null, null, $"{chapter.File}: the notebook has no cells.");
        }

        if (document.ForeignLanguage is { } language)
        {
            return new ChapterRun(chapter, document, null, ChapterRun.ForeignText(chapter, language));
        }

        var options = new RunOptions
        {
            WorkingDirectory = book.Notebooks,
            Environment = settings.Environment,
            CellTimeout = settings.CellLimit,
        };
        var result = await NotebookRunner.RunAsync(
            document, options, new ProgressOn(display, chapter), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var failure = result.FailureSummary is { } summary ? $"{chapter.Name}, {summary}" : null;
        var stamp = new RunStamp(fingerprint, settings.Profile, settings.Seed, clock.Elapsed.TotalSeconds, failure,
            result.Cells.ToDictionary(cell => cell.CellId, cell => Math.Round(cell.Result.Elapsed.TotalSeconds, 3)));
        stamp.WriteTo(document);
        NotebookPictures.AddTo(document);
        try
        {
            document.Save(Path.Combine(book.Executed, chapter.Name + ".ipynb"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure ??= $"{chapter.Name}: its results could not be saved: {exception.Message}";
        }

        return new ChapterRun(chapter, document, stamp, failure);
    }

    /// <summary>Tells the display at once, in the order of events.</summary>
    private sealed class ProgressOn(IRunDisplay display, Chapter chapter) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => display.Progressed(chapter, value);
    }
}
