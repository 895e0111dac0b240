using System.Text.Json.Serialization;

namespace RnnBook.Notebook;

/// <summary>What a client asks of the child process, one JSON object a line.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ExecuteRequest), "execute")]
[JsonDerivedType(typeof(InterruptRequest), "interrupt")]
[JsonDerivedType(typeof(PingRequest), "ping")]
[JsonDerivedType(typeof(ShutdownRequest), "shutdown")]
internal abstract record EngineRequest;

/// <summary>Run a cell. Executions queue up.</summary>
/// <param name="Cell">The execution's number: counted up from 1 by the client.</param>
/// <param name="Code">The cell's source.</param>
internal sealed record ExecuteRequest(int Cell, string Code) : EngineRequest;

/// <summary>Stop the execution; its state stays. Without effect when it is over.</summary>
/// <param name="Cell">The execution's number.</param>
internal sealed record InterruptRequest(int Cell) : EngineRequest;

/// <summary>Are you there? Answered even while a cell runs.</summary>
internal sealed record PingRequest : EngineRequest;

/// <summary>Leave. Closing the child's standard input does the same.</summary>
internal sealed record ShutdownRequest : EngineRequest;
