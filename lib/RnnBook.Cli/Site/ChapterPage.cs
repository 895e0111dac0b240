using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>
/// A chapter's page. Every cell is a section with its id, kind and number, a code cell's source is the text of its <c>code</c> element: what a
/// page needs that makes cells editable.
/// </summary>
internal sealed class ChapterPage(ChapterInfo chapter, ChapterInfo? before, ChapterInfo? after)
{
    private readonly Prose prose = new();

    public async Task<string> WriteAsync(CodeHighlighter highlighter, SitePictures pictures, WebAssets assets, PageEngine? engine, CancellationToken token)
    {
        var outputs = new OutputHtml((id, figure) => pictures.Write(chapter.Run.Chapter.Name, id, figure));
        var body = chapter.Run.Document is { } document
            ? await CellsAsync(document, outputs, highlighter, token)
            : "";
        var content = $"""
            <article class="chapter" data-chapter="{Html.Escape(chapter.Run.Chapter.Name)}" data-figures="{outputs.Figures}">
            <header class="title">
            <p class="kicker">Chapter {Html.Escape(chapter.Number)}</p>
            <h1>{Html.Escape(chapter.Title)}</h1>
            {RunNote()}
            </header>
            {body}
            </article>
            {Neighbours()}
            """;
        var withMath = body.Contains("class=\"math", StringComparison.Ordinal);
        return new PageFrame(
            $"{chapter.Title} · RnnBook", $"Chapter {chapter.Number} of RnnBook, a textbook one can run.",
            Side(), content, $"{assets.HeadTags(outputs.Figures > 0 || engine is not null, withMath)}\n{engine?.HeadTags}").ToString();
    }

    private async Task<string> CellsAsync(NotebookDocument document, OutputHtml outputs, CodeHighlighter highlighter, CancellationToken token)
    {
        var sources = document.Cells.Where(cell => cell.Kind == CellKind.Code).Select(cell => cell.Source).ToList();
        var code = new Queue<string>(await highlighter.HighlightAsync(sources, token));
        var html = new StringBuilder();
        foreach (var (index, cell) in document.Cells.Index())
        {
            switch (cell.Kind)
            {
                case CellKind.Markdown:
                    var text = prose.ToHtml(cell.Source, cell.Json["attachments"] as JsonObject);
                    html.AppendLine($"<section class=\"cell prose\" id=\"cell-{Html.Escape(cell.Id)}\">\n{text}</section>");
                    break;
                case CellKind.Code:
                    html.AppendLine(CodeCell(cell, index + 1, code.Dequeue(), outputs.Of(cell)));
                    break;
                default:
                    break;
            }
        }

        return html.ToString();
    }

    private string CodeCell(Cell cell, int number, string code, string outputs)
    {
        if (cell.Source.Trim().Length == 0)
        {
            return "";
        }

        var id = Html.Escape(cell.Id);
        if (cell.ForeignLanguage is { } language)
        {
            return $"""
                <section class="cell" id="cell-{id}">
                <div class="input"><pre class="code" tabindex="0"><code>{Html.Escape(cell.Source)}</code></pre></div>
                <p class="notice">This cell is {Html.Escape(language)}: only C# runs here.</p>
                </section>
                """;
        }

        var lines = cell.Source.TrimEnd().Count(c => c == '\n') + 1;
        var input = $"<pre class=\"code\" tabindex=\"0\" aria-label=\"C# code of cell {number}\"><code class=\"language-csharp\">{code}</code></pre>";
        var shown = IsFolded(cell) ? $"<details class=\"fold\"><summary>Show the code ({(lines == 1 ? "1 line" : $"{lines} lines")})</summary>{input}</details>" : input;
        var seconds = chapter.Run.Stamp?.CellSeconds.GetValueOrDefault(cell.Id) ?? 0;
        var time = seconds >= 0.95 ? $"<span class=\"took\" title=\"this cell's time in the shown run\">{seconds:0} s</span>" : "";
        return $"""
            <section class="cell code-cell" id="cell-{id}" data-cell="{id}" data-number="{number}" data-version="{VersionOf(cell)}"{ExerciseOf(cell)}>
            <div class="input"><a class="number" href="#cell-{id}" aria-label="Link to cell {number}">{number}</a>{shown}{time}</div>
            <div class="outputs">{outputs}</div>
            </section>
            """;
    }

    /// <summary>Plumbing that its author folded away: as Jupyter's notebooks say it, or as its books do.</summary>
    private static bool IsFolded(Cell cell) =>
        (cell.Metadata["jupyter"] as JsonObject)?["source_hidden"] is JsonValue hidden && hidden.TryGetValue<bool>(out var isHidden) && isHidden
        || (cell.Metadata["tags"] as JsonArray)?.Any(tag => tag?.ToString() == "hide-input") == true;

    /// <summary>Tells a reader's kept edit whether it was made in this version of the cell.</summary>
    private static string VersionOf(Cell cell) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cell.Source))[..6]);

    private static string ExerciseOf(Cell cell) =>
        ChapterInfo.ExerciseIn(cell) is { } exercise ? $" data-exercise=\"{Html.Escape(exercise)}\"" : "";

    private string RunNote()
    {
        var notebook = $"<a href=\"../../notebooks/{Uri.EscapeDataString(Path.GetFileName(chapter.Run.Chapter.File))}\">notebook</a>";
        var minutes = chapter.Minutes is { } count ? $"<span>{count} minutes to read</span> " : "";
        return chapter.Run switch
        {
            { Stamp: { } stamp, Failure: null } =>
                $"<p class=\"facts\">{minutes}<span>ran in {stamp.Seconds:0} s</span> <span>profile {stamp.Profile}, seed {stamp.Seed}</span> <span>{notebook}</span></p>",
            { Failure: { } failure, HasRun: var hasRun } =>
                $"<p class=\"facts\">{minutes}<span>{notebook}</span></p>\n" +
                $"<p class=\"notice failed\">{(hasRun ? "This run stopped" : "This chapter cannot be run")}: {Html.Escape(failure)}</p>",
            _ =>
                $"<p class=\"facts\">{minutes}<span>{notebook}</span></p>\n<p class=\"notice\">Not run yet: <code>book run {Html.Escape(chapter.Number)}</code> fills in the results.</p>",
        };
    }

    private string Side()
    {
        var entries = prose.Sections.Select(section => $"<li class=\"level-{section.Level}\"><a href=\"#{section.Id}\">{section.Html}</a></li>");
        return $"""
            <nav class="side" aria-label="On this page">
            <details open><summary>On this page</summary>
            <ol>
            {string.Join('\n', entries)}
            </ol>
            </details>
            </nav>
            """;
    }

    private string Neighbours()
    {
        return $"<nav class=\"neighbours\" aria-label=\"Chapters\">{Link(before, "prev", "Before")}{Link(after, "next", "Next")}</nav>";

        static string Link(ChapterInfo? to, string relation, string word) => to is null
            ? "<span></span>"
            : $"<a rel=\"{relation}\" href=\"{to.Link}\"><small>{word}</small> {Html.Escape(to.Number)} · {Html.Escape(to.Title)}</a>";
    }
}
