using System.Collections.Concurrent;

namespace RnnBook.Notebook;

/// <summary>
/// Answers questions about sources that are being typed, on a thread of its own: also while a cell runs, and never in its way. Roslyn's
/// tools are loaded by the first question.
/// </summary>
internal sealed class LanguageServer
{
    private readonly BlockingCollection<LanguageRequest> requests = [];
    private readonly Action<EngineEvent> answer;
    private readonly Func<CompilationContext> context;
    private readonly Lazy<CellDocuments> documents = new();

    /// <param name="answer">Sends an answer to the client.</param>
    /// <param name="context">What the next cell would be compiled with.</param>
    public LanguageServer(Action<EngineEvent> answer, Func<CompilationContext> context)
    {
        (this.answer, this.context) = (answer, context);
        new Thread(AnswerForever) { IsBackground = true, Name = "language" }.Start();
    }

    /// <summary>Answers in the order of the questions; returns at once.</summary>
    public void Ask(LanguageRequest request) => requests.Add(request);

    private void AnswerForever()
    {
        foreach (var request in requests.GetConsumingEnumerable())
        {
            try
            {
                answer(AnswerTo(request));
            }
            catch (Exception exception)
            {
                answer(new NoAnswerEvent(request.Id, $"{exception.GetType().Name}: {exception.Message}"));
            }
        }
    }

    private AnswerEvent AnswerTo(LanguageRequest request)
    {
        switch (request)
        {
            case CompleteRequest complete:
                return new CompletionEvent(complete.Id, Completer.Complete(Open(complete.Code), In(complete)));
            case InspectRequest inspect:
                return new InspectionEvent(inspect.Id, Inspector.Inspect(Open(inspect.Code), In(inspect)));
            default:
                return new CompletenessEvent(request.Id, Completeness.Of(request.Code));
        }
    }

    private TypedCell Open(string code) => documents.Value.OpenAsync(code, context()).GetAwaiter().GetResult();

    private static int In(PlaceRequest request) => Math.Clamp(request.Cursor, 0, request.Code.Length);
}
