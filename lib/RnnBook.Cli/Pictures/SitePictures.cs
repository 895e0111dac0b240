using System.Text.Json.Nodes;
using RnnBook.Shared;

namespace RnnBook.Cli;

/// <summary>The pictures beside the pages of a site, a file each, so that pages stay light.</summary>
/// <param name="site">The site's folder.</param>
internal sealed class SitePictures(string site)
{
    private const string Address = "assets/pictures";

    private readonly HashSet<string> written = [];

    private string Folder => Path.Combine(site, "assets", "pictures");

    /// <summary>
    /// Draws a figure of a chapter's page. The picture in the executed notebook is not taken: a cell may have made it, and a file of the site that
    /// somebody opens by itself must hold no script.
    /// </summary>
    /// <param name="chapter">The chapter's name.</param>
    /// <param name="id">Names the figure within the page.</param>
    /// <param name="figure">The figure.</param>
    /// <returns>Where the picture lies, seen from the page; null when the figure has none.</returns>
    public string? Write(string chapter, string id, JsonObject figure)
    {
        if (FigurePicture.Draw(figure) is not { } svg)
        {
            return null;
        }

        var file = Path.Combine(Folder, chapter, id + ".svg");
        written.Add(file);
        AtomicFile.Update(file, svg);
        return $"{Address}/{Uri.EscapeDataString(chapter)}/{Uri.EscapeDataString(id)}.svg";
    }

    /// <summary>Takes away what an earlier writing left, with its compressed forms.</summary>
    public void RemoveOthers() => CompressedFiles.Keep(Folder, written);
}
