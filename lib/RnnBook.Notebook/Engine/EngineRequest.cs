using System.Text.Json.Serialization;

namespace RnnBook.Notebook;

/// <summary>What a client asks of the child process, one JSON object a line.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ExecuteRequest), "execute")]
[JsonDerivedType(typeof(AnswerRequest), "answer")]
[JsonDerivedType(typeof(InterruptRequest), "interrupt")]
[JsonDerivedType(typeof(PingRequest), "ping")]
[JsonDerivedType(typeof(CompleteRequest), "complete")]
[JsonDerivedType(typeof(InspectRequest), "inspect")]
[JsonDerivedType(typeof(CompletenessRequest), "completeness")]
[JsonDerivedType(typeof(ShutdownRequest), "shutdown")]
internal abstract record EngineRequest;

/// <summary>Run a cell. Executions queue up.</summary>
/// <param name="Cell">The execution's number: counted up from 1 by the client.</param>
/// <param name="Code">The cell's source.</param>
/// <param name="CanAsk">Whether each <see cref="InputEvent"/> will have its <see cref="AnswerRequest"/>.</param>
internal sealed record ExecuteRequest(int Cell, string Code, bool CanAsk = false) : EngineRequest;

/// <summary>What the reader typed whom the running cell has asked.</summary>
/// <param name="Text">One line, without its end.</param>
internal sealed record AnswerRequest(string Text) : EngineRequest;

/// <summary>Stop the execution; its state stays. Without effect when it is over.</summary>
/// <param name="Cell">The execution's number.</param>
internal sealed record InterruptRequest(int Cell) : EngineRequest;

/// <summary>Are you there? Answered even while a cell runs.</summary>
internal sealed record PingRequest : EngineRequest;

/// <summary>A question about a source that is being typed. Answered even while a cell runs, from what the cells before it have declared.</summary>
/// <param name="Id">The number that the <see cref="AnswerEvent"/> repeats.</param>
/// <param name="Code">The source, maybe broken.</param>
internal abstract record LanguageRequest(int Id, string Code) : EngineRequest;

/// <summary>A question about a place in a source.</summary>
/// <param name="Id">The number that the answer repeats.</param>
/// <param name="Code">The source.</param>
/// <param name="Cursor">The place, in UTF-16 units from 0.</param>
internal abstract record PlaceRequest(int Id, string Code, int Cursor) : LanguageRequest(Id, Code);

/// <summary>What could stand here?</summary>
internal sealed record CompleteRequest(int Id, string Code, int Cursor) : PlaceRequest(Id, Code, Cursor);

/// <summary>What is this?</summary>
internal sealed record InspectRequest(int Id, string Code, int Cursor) : PlaceRequest(Id, Code, Cursor);

/// <summary>Can this run, or must something follow?</summary>
internal sealed record CompletenessRequest(int Id, string Code) : LanguageRequest(Id, Code);

/// <summary>Leave. Closing the child's standard input does the same.</summary>
internal sealed record ShutdownRequest : EngineRequest;
