using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>Shows a run of the book while it happens.</summary>
internal interface IRunDisplay
{
    /// <summary>Shows the progress of <paramref name="work"/> until it ends.</summary>
    public Task WhileAsync(IReadOnlyList<Chapter> chapters, Func<Task> work);

    public void Started(Chapter chapter);

    public void Progressed(Chapter chapter, RunProgress progress);

    public void Ended(ChapterRun run);
}
