using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RnnBook.Notebook;

/// <summary>
/// What the engine's child process says, one JSON object a line with its <c>type</c> first. Clients ignore types they do not know.
/// </summary>
/// <param name="Cell">The number of the execution that it belongs to (counted from 1), or 0.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ReadyEvent), "ready")]
[JsonDerivedType(typeof(StartedEvent), "started")]
[JsonDerivedType(typeof(StreamEvent), "stream")]
[JsonDerivedType(typeof(DisplayEvent), "display")]
[JsonDerivedType(typeof(UpdateEvent), "update")]
[JsonDerivedType(typeof(InputEvent), "input")]
[JsonDerivedType(typeof(ErrorEvent), "error")]
[JsonDerivedType(typeof(ExitEvent), "exit")]
[JsonDerivedType(typeof(DoneEvent), "done")]
[JsonDerivedType(typeof(PongEvent), "pong")]
[JsonDerivedType(typeof(CompletionEvent), "completion")]
[JsonDerivedType(typeof(InspectionEvent), "inspection")]
[JsonDerivedType(typeof(CompletenessEvent), "completeness")]
[JsonDerivedType(typeof(NoAnswerEvent), "noAnswer")]
[JsonDerivedType(typeof(UnknownRequestEvent), "unknown")]
public abstract record EngineEvent(int Cell);

/// <summary>The child process listens.</summary>
/// <param name="Protocol">The version of the protocol; it rises when a client must change.</param>
/// <param name="Runtime">The runtime's name and version.</param>
public sealed record ReadyEvent(int Protocol, string Runtime) : EngineEvent(0);

/// <summary>The cell is compiled, its packages are there, its code runs from now on.</summary>
/// <param name="Cell">The execution's number.</param>
public sealed record StartedEvent(int Cell) : EngineEvent(Cell);

/// <summary>Text written to the console.</summary>
/// <param name="Cell">The execution's number.</param>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text; several writes may come together.</param>
public sealed record StreamEvent(int Cell, string Name, string Text) : EngineEvent(Cell);

/// <summary>A value is shown.</summary>
/// <param name="Cell">The execution's number.</param>
/// <param name="Id">The name that later <see cref="UpdateEvent"/>s use.</param>
/// <param name="Data">The mime bundle: text as a string, JSON mime types as JSON.</param>
/// <param name="IsResult">Whether it is the value of the cell's trailing expression.</param>
public sealed record DisplayEvent(int Cell, string Id, JsonObject Data, bool IsResult) : EngineEvent(Cell);

/// <summary>A value that was shown before, maybe by an earlier cell, looks different now.</summary>
/// <param name="Cell">The number of the execution that changed it.</param>
/// <param name="Id">The display's id.</param>
/// <param name="Data">The new mime bundle.</param>
public sealed record UpdateEvent(int Cell, string Id, JsonObject Data) : EngineEvent(Cell);

/// <summary>The cell reads from the console and waits until <see cref="CellEngine.AnswerAsync"/> says what was typed, or the cell is stopped.</summary>
/// <param name="Cell">The execution's number.</param>
public sealed record InputEvent(int Cell) : EngineEvent(Cell);

/// <summary>Why the cell failed; a <see cref="DoneEvent"/> follows.</summary>
/// <param name="Cell">The execution's number.</param>
/// <param name="Error">Name, message, line and trace.</param>
public sealed record ErrorEvent(int Cell, CellError Error) : EngineEvent(Cell);

/// <summary>The process ends because the cell's code asked for it.</summary>
/// <param name="Cell">The execution's number.</param>
/// <param name="Error">What ended it, with the line.</param>
public sealed record ExitEvent(int Cell, CellError Error) : EngineEvent(Cell);

/// <summary>The execution is over; nothing more comes for it but what work that goes on in the background says.</summary>
/// <param name="Cell">The execution's number.</param>
/// <param name="Status">Ok, Error or Interrupted.</param>
/// <param name="Seconds">How long compiling and running took.</param>
public sealed record DoneEvent(int Cell, CellStatus Status, double Seconds) : EngineEvent(Cell);

/// <summary>The answer to a ping.</summary>
public sealed record PongEvent() : EngineEvent(0);

/// <summary>The answer to a question about a source.</summary>
/// <param name="Id">The question's number.</param>
public abstract record AnswerEvent(int Id) : EngineEvent(0);

/// <summary>What could stand at the place.</summary>
/// <param name="Id">The question's number.</param>
/// <param name="Completions">The texts.</param>
public sealed record CompletionEvent(int Id, Completions Completions) : AnswerEvent(Id);

/// <summary>What stands at the place.</summary>
/// <param name="Id">The question's number.</param>
/// <param name="Inspection">Signature and documentation; null where there is nothing to say.</param>
public sealed record InspectionEvent(int Id, Inspection? Inspection) : AnswerEvent(Id);

/// <summary>Whether the source can run.</summary>
/// <param name="Id">The question's number.</param>
/// <param name="Completeness">The verdict.</param>
public sealed record CompletenessEvent(int Id, Completeness Completeness) : AnswerEvent(Id);

/// <summary>The question could not be answered.</summary>
/// <param name="Id">The question's number.</param>
/// <param name="Reason">One line.</param>
public sealed record NoAnswerEvent(int Id, string Reason) : AnswerEvent(Id);

/// <summary>The child does not know a request: an older child may be asked by a newer client.</summary>
/// <param name="Request">The request's type, or what was wrong with its line.</param>
public sealed record UnknownRequestEvent(string Request) : EngineEvent(0);
