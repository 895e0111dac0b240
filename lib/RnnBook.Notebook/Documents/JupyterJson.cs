using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnBook.Notebook;

/// <summary>
/// Writes JSON as Jupyter does: one space of indent, every character as it is that need not be escaped (the framework's writer escapes
/// all beyond the basic plane), numbers as they were read.
/// </summary>
internal static class JupyterJson
{
    /// <summary>Writes a node.</summary>
    /// <param name="text">Receives the JSON.</param>
    /// <param name="node">What to write.</param>
    /// <param name="depth">How deep the node lies.</param>
    public static void Write(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject json:
                WriteItems(text, '{', '}', json, depth, entry =>
                {
                    WriteText(text, entry.Key);
                    text.Append(": ");
                    Write(text, entry.Value, depth + 1);
                });
                break;
            case JsonArray array:
                WriteItems(text, '[', ']', array, depth, item => Write(text, item, depth + 1));
                break;
            case var value when value.GetValueKind() == JsonValueKind.String:
                WriteText(text, value.GetValue<string>());
                break;
            default:
                text.Append(node.ToJsonString());
                break;
        }
    }

    private static void WriteItems<T>(StringBuilder text, char open, char close, ICollection<T> items, int depth, Action<T> write)
    {
        text.Append(open);
        var separator = "\n";
        foreach (var item in items)
        {
            text.Append(separator).Append(' ', depth + 1);
            write(item);
            separator = ",\n";
        }

        if (items.Count > 0)
        {
            text.Append('\n').Append(' ', depth);
        }

        text.Append(close);
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        for (var index = 0; index < value.Length; index++)
        {
            var character = value[index];
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\f' => text.Append("\\f"),
                '\b' => text.Append("\\b"),
                < ' ' => text.Append($"\\u{(int)character:x4}"),
                _ when char.IsSurrogatePair(value, index) => text.Append(character).Append(value[++index]),
                _ when char.IsSurrogate(character) => text.Append($"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }
}
