using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnBook.Notebook;

/// <summary>The JSON of the lines between the engine's client and its child process.</summary>
[JsonSerializable(typeof(EngineEvent))]
[JsonSerializable(typeof(EngineRequest))]
internal sealed partial class Protocol : JsonSerializerContext
{
    /// <summary>The version that <see cref="ReadyEvent"/> states.</summary>
    public const int Version = 1;

    private static readonly Protocol Lines = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        AllowOutOfOrderMetadataProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>One line of UTF-8 without its line feed.</summary>
    public static byte[] Write(EngineEvent message) => JsonSerializer.SerializeToUtf8Bytes(message, Lines.EngineEvent);

    /// <inheritdoc cref="Write(EngineEvent)"/>
    public static byte[] Write(EngineRequest message) => JsonSerializer.SerializeToUtf8Bytes(message, Lines.EngineRequest);

    /// <summary>Reads a line; null when its type is unknown or it is no message.</summary>
    public static EngineEvent? ReadEvent(string line) => Read(line, Lines.EngineEvent);

    /// <inheritdoc cref="ReadEvent"/>
    public static EngineRequest? ReadRequest(string line) => Read(line, Lines.EngineRequest);

    private static T? Read<T>(string line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
