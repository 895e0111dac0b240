using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnBook;

/// <summary>Writes the header of a safetensors file; reads one, and believes nothing that it has not checked.</summary>
internal static class SafetensorsHeader
{
    private const string MetadataName = "__metadata__";

    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Describes tensors whose data lie one behind the other.</summary>
    public static byte[] Write(IReadOnlyList<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new OrderedDictionary<string, object>();
        if (metadata.Count > 0)
        {
            header.Add(MetadataName, new SortedDictionary<string, string>(metadata.ToDictionary(), StringComparer.Ordinal));
        }

        var begin = 0L;
        foreach (var tensor in tensors)
        {
            header.Add(tensor.Name, new Entry(tensor.Type, tensor.Shape, [begin, begin += tensor.Data.Length]));
        }

        return JsonSerializer.SerializeToUtf8Bytes(header, Options);
    }

    /// <summary>Joins a header with the data behind it.</summary>
    /// <exception cref="FormatException">They do not fit.</exception>
    /// <exception cref="JsonException">The header is no JSON.</exception>
    public static SafetensorsFile Read(ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> data)
    {
        using var document = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 4 });
        var root = document.RootElement;
        Require(root.ValueKind == JsonValueKind.Object, "its header is no JSON object");
        var metadata = root.TryGetProperty(MetadataName, out var words) ? ReadMetadata(words) : [];
        var entries = root.EnumerateObject().Where(member => member.Name != MetadataName).Select(member => (member.Name, Entry: ReadEntry(member)));
        var tensors = new List<StoredTensor>();
        var end = 0L;
        foreach (var (name, entry) in entries.OrderBy(member => member.Entry.Begin).ThenBy(member => member.Entry.End))
        {
            Require(entry.Begin == end, $"{name} begins at byte {entry.Begin} of the data, but the tensor before it ends at {end}");
            Require(entry.End <= data.Length, $"{name} ends at byte {entry.End}, but there are {data.Length} bytes of data");
            tensors.Add(new StoredTensor(name, entry.Type, entry.Shape, data[(int)entry.Begin..(int)entry.End]));
            end = entry.End;
        }

        Require(end == data.Length, $"its tensors end at byte {end}, but there are {data.Length} bytes of data");
        return new SafetensorsFile(tensors, metadata);
    }

    private static Dictionary<string, string> ReadMetadata(JsonElement words)
    {
        Require(words.ValueKind == JsonValueKind.Object, $"{MetadataName} is no JSON object");
        return words.EnumerateObject().ToDictionary(word => word.Name, word => word.Value.ValueKind == JsonValueKind.String
            ? word.Value.GetString()!
            : throw new FormatException($"{MetadataName}.{word.Name} is no text"));
    }

    private static Entry ReadEntry(JsonProperty member)
    {
        var name = member.Name;
        Entry? entry;
        try
        {
            entry = member.Value.Deserialize<Entry>(Options);
        }
        catch (JsonException problem)
        {
            throw new FormatException($"{name} needs dtype, shape, and data_offsets, and nothing else: {problem.Message}");
        }

        Require(entry is not null, $"{name} needs dtype, shape, and data_offsets, but is null");
        var size = StoredTensor.SizeOf(entry.Type);
        Require(size > 0, $"{name} has the unknown type \"{entry.Type}\"");
        var negative = entry.Shape.Concat(entry.Offsets).FirstOrDefault(number => number < 0);
        Require(negative == 0, $"{name} has {negative} in its shape or data_offsets");
        Require(entry.Offsets.Count == 2 && entry.Begin <= entry.End, $"{name} has data_offsets that are no beginning and end");
        var needed = entry.Shape.Aggregate((Int128)size, (bytes, length) => Int128.Min(bytes * length, long.MaxValue));
        var given = entry.End - entry.Begin;
        Require(needed == given, $"{name}, {entry.Type} [{string.Join('×', entry.Shape)}], has {given} bytes");
        return entry;
    }

    private static void Require([DoesNotReturnIf(false)] bool holds, string problem)
    {
        if (!holds)
        {
            throw new FormatException(problem);
        }
    }

    /// <summary>What the header says of a tensor; the offsets are its first byte in the data and the one behind its last.</summary>
    private sealed record Entry(
        [property: JsonPropertyName("dtype")] string Type,
        [property: JsonPropertyName("shape")] IReadOnlyList<long> Shape,
        [property: JsonPropertyName("data_offsets")] IReadOnlyList<long> Offsets)
    {
        [JsonIgnore]
        public long Begin => Offsets[0];

        [JsonIgnore]
        public long End => Offsets[1];
    }
}
