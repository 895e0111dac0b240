using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>A chapter as a reader has it: the notebook with their edits and what their cells said.</summary>
/// <param name="chapter">The chapter.</param>
/// <param name="session">The reader's session; null when they have run nothing.</param>
internal sealed class NotebookDownload(Chapter chapter, ChapterSession? session)
{
    /// <summary>Answers a request whose body is a JSON object of sources by cell id.</summary>
    public async Task SendAsync(HttpContext context)
    {
        Dictionary<string, string>? sources = null;
        try
        {
            sources = await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(context.Request.Body, cancellationToken: context.RequestAborted);
        }
        catch (JsonException)
        {
            // Told below.
        }

        if (sources is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("The request must hold the cells' texts.\n");
            return;
        }

        var document = NotebookDocument.Load(chapter.File);
        foreach (var cell in document.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            cell.Source = sources.GetValueOrDefault(cell.Id, cell.Source);
        }

        session?.Notebook.WriteTo(document);
        context.Response.ContentType = "application/x-ipynb+json";
        await context.Response.WriteAsync(document.ToJson(), context.RequestAborted);
    }
}
