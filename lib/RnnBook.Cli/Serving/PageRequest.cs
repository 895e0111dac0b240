using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnBook.Cli;

/// <summary>What a page asks for, one JSON object a message.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(OpenSession), "open")]
[JsonDerivedType(typeof(RunCells), "run")]
[JsonDerivedType(typeof(AnswerCell), "answer")]
[JsonDerivedType(typeof(StopCells), "stop")]
[JsonDerivedType(typeof(RestartEngine), "restart")]
[JsonDerivedType(typeof(WarmUpEngine), "warm")]
[JsonDerivedType(typeof(ChangesShown), "shown")]
[JsonDerivedType(typeof(CompleteCode), "complete")]
[JsonDerivedType(typeof(InspectCode), "inspect")]
internal abstract record PageRequest
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowOutOfOrderMetadataProperties = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads a message; null when it is none.</summary>
    public static PageRequest? Read(ReadOnlySpan<byte> message)
    {
        try
        {
            var request = JsonSerializer.Deserialize<PageRequest>(message, Json);
            return request is RunCells run && run.Cells.Any(cell => cell is null) ? null : request;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}

/// <summary>The first message of a page: who it is.</summary>
/// <param name="Access">The token and the reader, see <see cref="AccessToken"/>.</param>
internal sealed record OpenSession(string Access) : PageRequest;

/// <summary>Run cells in this order.</summary>
internal sealed record RunCells(IReadOnlyList<CellToRun> Cells) : PageRequest;

/// <summary>What the reader typed for a cell that asks.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Text">One line.</param>
internal sealed record AnswerCell(string Cell, string Text) : PageRequest;

/// <summary>Stop what runs.</summary>
internal sealed record StopCells : PageRequest;

/// <summary>A new engine without variables.</summary>
internal sealed record RestartEngine : PageRequest;

/// <summary>The reader is about to run something.</summary>
internal sealed record WarmUpEngine : PageRequest;

/// <summary>The page shows the changes it was sent and can take more.</summary>
internal sealed record ChangesShown : PageRequest;

/// <summary>A question about code that is being typed.</summary>
/// <param name="Id">The answer repeats it.</param>
/// <param name="Code">The cell's text.</param>
/// <param name="Position">The cursor, in UTF-16 units from 0.</param>
internal abstract record CodeQuestion(int Id, string Code, int Position) : PageRequest;

/// <summary>What could stand here?</summary>
internal sealed record CompleteCode(int Id, string Code, int Position) : CodeQuestion(Id, Code, Position);

/// <summary>What is this?</summary>
internal sealed record InspectCode(int Id, string Code, int Position) : CodeQuestion(Id, Code, Position);
