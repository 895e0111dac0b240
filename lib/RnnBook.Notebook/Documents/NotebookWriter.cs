using System.Text;
using System.Text.Json.Nodes;

namespace RnnBook.Notebook;

/// <summary>Writes a notebook as Jupyter does, so that saving changes no line that did not change.</summary>
internal static class NotebookWriter
{
    public static string Write(NotebookDocument document)
    {
        var whole = new JsonObject();
        foreach (var (name, value) in document.Json)
        {
            whole[name] = name == "cells" ? new JsonArray([.. document.Cells.Select(WithLines)]) : value?.DeepClone();
        }

        var text = new StringBuilder();
        JupyterJson.Write(text, whole, 0);
        return text.Append('\n').ToString();
    }

    private static JsonNode WithLines(Cell cell)
    {
        var json = cell.Json.DeepClone();
        json["source"] = MultilineText.Split(cell.Source);
        return json;
    }
}
