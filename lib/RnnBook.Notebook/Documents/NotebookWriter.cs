using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnBook.Notebook;

/// <summary>Writes a notebook as Jupyter does, so that saving changes no line that did not change.</summary>
internal static class NotebookWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        MaxDepth = 256,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(NotebookDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in document.Json)
            {
                writer.WritePropertyName(name);
                if (name == "cells")
                {
                    WriteCells(writer, document.Cells);
                }
                else
                {
                    WriteNode(writer, value);
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteCells(Utf8JsonWriter writer, IEnumerable<Cell> cells)
    {
        writer.WriteStartArray();
        foreach (var cell in cells)
        {
            writer.WriteStartObject();
            foreach (var (name, value) in cell.Json)
            {
                writer.WritePropertyName(name);
                WriteNode(writer, name == "source" ? MultilineText.Split(cell.Source) : value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteNode(Utf8JsonWriter writer, JsonNode? node)
    {
        if (node is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            node.WriteTo(writer);
        }
    }
}
