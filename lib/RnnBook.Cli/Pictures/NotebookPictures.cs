using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>The pictures in an executed notebook, for viewers that draw no plotly.js figures.</summary>
internal static class NotebookPictures
{
    private const string Type = "image/svg+xml";

    /// <summary>Gives every figure among the outputs its picture.</summary>
    public static void AddTo(NotebookDocument document)
    {
        foreach (var output in document.Cells.Where(cell => cell.Kind == CellKind.Code).SelectMany(cell => cell.Outputs))
        {
            if (CellOutput.Json(output, OutputHtml.Plotly) is JsonObject figure && CellOutput.Text(output, Type) is null && FigurePicture.Draw(figure) is { } svg)
            {
                output!["data"]![Type] = new JsonArray(svg);
            }
        }
    }
}
