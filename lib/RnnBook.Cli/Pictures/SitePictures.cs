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

    /// <summary>Draws a figure of a chapter's page.</summary>
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

        // What has not changed keeps its compressed forms.
        if (!File.Exists(file) || File.ReadAllText(file) != svg)
        {
            AtomicFile.WriteText(file, svg);
        }

        return $"{Address}/{Uri.EscapeDataString(chapter)}/{Uri.EscapeDataString(id)}.svg";
    }

    /// <summary>Takes away what an earlier writing left, with its compressed forms.</summary>
    public void RemoveOthers()
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(file => !written.Contains(CompressedFiles.Is(file) ? Path.ChangeExtension(file, null) : file)).ToList())
        {
            File.Delete(file);
        }
    }
}
