using System.Text.Json;

namespace RnnBook;

/// <summary>Reads the header of a safetensors file and believes nothing that it has not checked.</summary>
internal static class SafetensorsHeader
{
    public const string MetadataName = "__metadata__";
    private static readonly string[] Fields = ["data_offsets", "dtype", "shape"];

    /// <summary>Joins a header with the data behind it.</summary>
    /// <exception cref="FormatException">They do not fit.</exception>
    /// <exception cref="JsonException">The header is no JSON.</exception>
    public static SafetensorsFile Read(ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> data)
    {
        using var document = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 4 });
        var root = document.RootElement;
        Require(root.ValueKind == JsonValueKind.Object, "its header is no JSON object");
        var metadata = new Dictionary<string, string>();
        var entries = new List<(string Name, string Type, long[] Shape, long Begin, long End)>();
        foreach (var member in root.EnumerateObject())
        {
            if (member.Name == MetadataName)
            {
                ReadMetadata(member.Value, metadata);
            }
            else
            {
                entries.Add(ReadEntry(member.Name, member.Value));
            }
        }

        var tensors = new List<StoredTensor>();
        var end = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            Require(entry.Begin == end, $"{entry.Name} begins at byte {entry.Begin} of the data, but the tensor before it ends at {end}");
            Require(entry.End <= data.Length, $"{entry.Name} ends at byte {entry.End}, but there are {data.Length} bytes of data");
            tensors.Add(new StoredTensor(entry.Name, entry.Type, entry.Shape, data[(int)entry.Begin..(int)entry.End]));
            end = entry.End;
        }

        Require(end == data.Length, $"its tensors end at byte {end}, but there are {data.Length} bytes of data");
        return new SafetensorsFile(tensors, metadata);
    }

    private static void ReadMetadata(JsonElement words, Dictionary<string, string> metadata)
    {
        Require(words.ValueKind == JsonValueKind.Object, $"{MetadataName} is no JSON object");
        foreach (var word in words.EnumerateObject())
        {
            Require(word.Value.ValueKind == JsonValueKind.String, $"{MetadataName}.{word.Name} is no text");
            metadata.Add(word.Name, word.Value.GetString()!);
        }
    }

    private static (string Name, string Type, long[] Shape, long Begin, long End) ReadEntry(string name, JsonElement entry)
    {
        Require(
            entry.ValueKind == JsonValueKind.Object && entry.EnumerateObject().Select(field => field.Name).Order().SequenceEqual(Fields),
            $"{name} needs dtype, shape, and data_offsets, and nothing else");
        var dtype = entry.GetProperty("dtype");
        var type = dtype.ValueKind == JsonValueKind.String ? dtype.GetString()! : "";
        var size = StoredTensor.SizeOf(type);
        Require(size > 0, $"{name} has the unknown type {dtype.GetRawText()}");
        var shape = ReadNumbers(name, entry.GetProperty("shape"));
        var offsets = ReadNumbers(name, entry.GetProperty("data_offsets"));
        Require(offsets.Length == 2 && offsets[0] <= offsets[1], $"{name} has data_offsets that are no beginning and end");

        var needed = (Int128)size;
        foreach (var length in shape)
        {
            needed = Int128.Min(needed * length, long.MaxValue);
        }

        Require(needed == offsets[1] - offsets[0], $"{name}, {type} [{string.Join('×', shape)}], has {offsets[1] - offsets[0]} bytes");
        return (name, type, shape, offsets[0], offsets[1]);
    }

    private static long[] ReadNumbers(string name, JsonElement numbers)
    {
        Require(numbers.ValueKind == JsonValueKind.Array, $"{name} has a shape or data_offsets that is no list");
        return [.. numbers.EnumerateArray().Select(number =>
        {
            Require(
                number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var value) && value >= 0,
                $"{name} has {number.GetRawText()} in its shape or data_offsets");
            return number.GetInt64();
        })];
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new FormatException(problem);
        }
    }
}
