using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace RnnBook.Notebook;

/// <summary>Values as readable text.</summary>
internal static class PlainText
{
    /// <summary>How many items of a sequence are shown.</summary>
    public const int MaximumItems = 50;

    private const int MaximumDepth = 3, MaximumLineLength = 200;

    /// <summary>The text/plain form of a value.</summary>
    public static string Of(object? value) => value as string ?? Write(value, 0);

    /// <summary>A short form on one line, for a table's cell.</summary>
    public static string OneLine(object? value)
    {
        var text = (value as string ?? Write(value, 1)).ReplaceLineEndings(" ");
        return text.Length <= MaximumLineLength ? text : text[..MaximumLineLength] + "…";
    }

    private static string Write(object? value, int depth)
    {
        switch (value)
        {
            case null:
                return "<null>";
            case string text:
                return text;
            case IFormattable formattable when Members.IsScalar(value):
                return formattable.ToString(null, CultureInfo.InvariantCulture);
            case Type type:
                return type.FullName ?? type.Name;
            case JsonNode or Exception or Delegate or Task:
                return value.ToString() ?? "";
        }

        if (Members.HasOwnText(value.GetType()))
        {
            return value.ToString() ?? "";
        }

        if (value is IEnumerable sequence && depth < MaximumDepth)
        {
            return WriteSequence(value is IDictionary dictionary ? Sequences.Entries(dictionary) : sequence, depth);
        }

        var members = Members.Of(value.GetType());
        var name = Members.NameOf(value.GetType());
        return members.Count == 0 || depth >= MaximumDepth || value is IEnumerable
            ? value.ToString() ?? ""
            : $"{name}{(name.Length > 0 ? " " : "")}{{ {string.Join(", ", members.Select(member => $"{member.Name} = {Write(member.Read(value), depth + 1)}"))} }}";
    }

    private static string WriteSequence(IEnumerable sequence, int depth)
    {
        var text = new StringBuilder("[");
        var separator = " ";
        var (items, rest) = Sequences.Take(sequence, MaximumItems);
        foreach (var item in items)
        {
            text.Append(separator).Append(item is DictionaryEntry entry
                ? $"{Write(entry.Key, depth + 1)}: {Write(entry.Value, depth + 1)}"
                : Write(item, depth + 1));
            separator = ", ";
        }

        return text.Append(rest.Length > 0 ? $"{separator}… {rest} ]" : " ]").ToString();
    }
}
