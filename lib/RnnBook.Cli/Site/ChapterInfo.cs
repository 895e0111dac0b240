using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>What other pages say about a chapter.</summary>
/// <param name="Run">The chapter and its last run.</param>
/// <param name="Title">Its title.</param>
/// <param name="Lead">Its first paragraph as html without links.</param>
/// <param name="Minutes">How long reading takes, as its author says; null when nothing is said.</param>
internal sealed record ChapterInfo(ChapterRun Run, string Title, string Lead, int? Minutes)
{
    public string Page => Run.Chapter.Page;

    public string Link => Run.Chapter.Link;

    public string Number => Run.Chapter.Number;

    /// <summary>The exercises in the chapter's cells, in order.</summary>
    public IEnumerable<string> Exercises => Run.Document?.Cells.Select(ExerciseIn).OfType<string>() ?? [];

    /// <summary>The exercise that a cell asks for, as its metadata says; null where there is none.</summary>
    public static string? ExerciseIn(Cell cell) =>
        (cell.Metadata["rnnbook"] as JsonObject)?["exercise"] is JsonValue value && value.TryGetValue<string>(out var id) ? id : null;

    public static ChapterInfo Of(ChapterRun run)
    {
        var markdown = run.Document?.Cells.FirstOrDefault(cell => cell.Kind == CellKind.Markdown)?.Source ?? "";
        var (title, lead) = Prose.Opening(markdown);
        var own = run.Document?.Metadata["rnnbook"] as JsonObject;
        var named = own?["title"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : title;
        var minutes = own?["minutes"] is JsonValue number && number.TryGetValue<double>(out var count) ? (int?)Math.Round(count) : null;
        return new ChapterInfo(run, named.Length > 0 ? named : run.Chapter.Name, lead, minutes);
    }
}
