using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>A chapter with what its last run left: outputs, verdicts, times, or why it failed.</summary>
/// <param name="Chapter">The chapter.</param>
/// <param name="Document">The executed notebook; null when the file is no notebook.</param>
/// <param name="Stamp">How it ran; null when it never did.</param>
/// <param name="Failure">Why it failed, in one line; null when every cell ran.</param>
internal sealed record ChapterRun(Chapter Chapter, NotebookDocument? Document, RunStamp? Stamp, string? Failure)
{
    public bool HasRun => Stamp is not null;

    public bool Succeeded => HasRun && Failure is null;

    public TimeSpan Elapsed => TimeSpan.FromSeconds(Stamp?.Seconds ?? 0);

    /// <summary>How many cells ran, in words; empty when the chapter never ran.</summary>
    public string CellCount => Stamp?.CellSeconds.Count switch { null => "", 1 => "1 cell", var count => $"{count} cells" };

    /// <summary>The verdicts in the outputs, in order.</summary>
    public IReadOnlyList<MeasuredVerdict> Verdicts => Document is null ? [] : MeasuredVerdict.In(Document);

    /// <summary>
    /// A chapter's last run where that is up to date, else the notebook as it stands, without outputs.
    /// </summary>
    /// <remarks>Without settings a run of any profile and seed will do; even if outdated: of an earlier notebook or library as well.</remarks>
    public static ChapterRun Recorded(BookFolder book, Chapter chapter, RunSettings? settings = null, bool evenIfOutdated = false)
    {
        var document = TryLoad(chapter.File, out var problem);
        if (document?.ForeignLanguage is { } language)
        {
            return new ChapterRun(chapter, document, null, ForeignText(chapter, language));
        }

        var file = Path.Combine(book.Executed, chapter.Name + ".ipynb");
        if (document is not null && TryLoad(file, out _) is { } executed && RunStamp.ReadFrom(executed) is { } stamp
            && (settings is null || (stamp.Profile == settings.Profile && stamp.Seed == settings.Seed))
            && (evenIfOutdated || stamp.Fingerprint == RunStamp.FingerprintOf(book, chapter)))
        {
            return new ChapterRun(chapter, executed, stamp, stamp.Failure);
        }

        return new ChapterRun(chapter, document, null, problem);
    }

    /// <summary>Why a notebook of another language is not run.</summary>
    public static string ForeignText(Chapter chapter, string language) =>
        $"{chapter.File}: its cells are {language} (so says the notebook's kernelspec), and only C# runs here.";

    private static NotebookDocument? TryLoad(string file, out string? problem)
    {
        problem = null;
        try
        {
            return NotebookDocument.Load(file);
        }
        catch (NotebookException exception)
        {
            problem = exception.Message;
            return null;
        }
    }
}
