using System.Collections.Concurrent;
using System.Diagnostics;

namespace RnnBook.Notebook;

/// <summary>
/// Runs C# cells one after the other in a child process that keeps their state. Whatever a cell does (an endless loop, a stack overflow,
/// <c>Environment.Exit</c>), this process lives on and <see cref="ExecuteAsync"/> says what happened and on which line.
/// </summary>
/// <example><code>
/// await using var engine = await CellEngine.StartAsync();
/// var result = await engine.ExecuteAsync("1 + 1", message => Console.WriteLine(message));
/// </code></example>
public sealed class CellEngine : IAsyncDisposable
{
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(0.5);

    private readonly EngineOptions options;
    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<AnswerEvent>> questions = [];
    private EngineProcess process = null!;
    private int executionCount;
    private volatile CellExecution? current;
    private TaskCompletionSource? pong;
    private int questionCount;

    private CellEngine(EngineOptions options) => this.options = options;

    /// <summary>The child process's program and arguments, for clients that speak its protocol themselves.</summary>
    public static IReadOnlyList<string> Command { get; } = [DotnetHost.Path, "exec", typeof(CellEngine).Assembly.Location];

    /// <summary>
    /// Whether cells can use named cultures: those need the ICU libraries, without which .NET starts only when told to do without. What names
    /// no culture is written invariantly either way.
    /// </summary>
    public static bool HasCultures { get; } = !OperatingSystem.IsLinux() || new[] { "/usr/lib", "/usr/lib64", "/lib" }
        .Where(Directory.Exists).SelectMany(folder => Directory.EnumerateDirectories(folder, "*-linux-*").Append(folder))
        .Any(folder => Directory.EnumerateFiles(folder, "libicuuc.so*").Any());

    /// <summary>Every event, also those that come between executions from work that goes on in the background. One at a time, in order.</summary>
    public event Action<EngineEvent>? Received;

    /// <summary>Whether the child process runs; when not, <see cref="RestartAsync"/> starts a new one.</summary>
    public bool IsAlive => process.IsAlive;

    /// <summary>Completes when the child process has ended, with why; also when it ends between two cells.</summary>
    public Task<CellError> Ended => EndedAsync(process);

    /// <summary>The child's process id.</summary>
    public int ProcessId => process.Id;

    /// <summary>Starts a child process and returns when it listens; it warms up its compiler meanwhile.</summary>
    /// <exception cref="InvalidOperationException">The child process does not start.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or Ctrl-C ended the child before it listened.</exception>
    public static async Task<CellEngine> StartAsync(EngineOptions? options = null, CancellationToken cancellationToken = default)
    {
        var engine = new CellEngine(options ?? new EngineOptions());
        await engine.StartProcessAsync(cancellationToken).ConfigureAwait(false);
        return engine;
    }

    /// <summary>Runs a cell and returns when it is over. Calls wait for one another.</summary>
    /// <param name="code">The cell's source.</param>
    /// <param name="onEvent">Hears what the cell says, in order, one at a time, before the result is returned.</param>
    /// <param name="limit">How long the cell's code may run, compiling and restoring packages apart; null is without limit.</param>
    /// <param name="cancellationToken">Stops the cell (status <see cref="CellStatus.Interrupted"/>); a cell that does not obey at once
    /// loses its process.</param>
    /// <returns>How it ended. An exception in the cell is a result, not an exception of this method.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled while another cell was still running.</exception>
    public async Task<CellResult> ExecuteAsync(
        string code, Action<EngineEvent>? onEvent = null, TimeSpan? limit = null, CancellationToken cancellationToken = default)
    {
        await oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var execution = new CellExecution(++executionCount, code, onEvent);
            if (!process.IsAlive)
            {
                return execution.NotStarted();
            }

            current = execution;
            await process.SendAsync(new ExecuteRequest(execution.Number, code, options.CanAsk)).ConfigureAwait(false);
            await FinishAsync(execution, limit, cancellationToken).ConfigureAwait(false);
            return execution.Result(process);
        }
        finally
        {
            current = null;
            oneAtATime.Release();
        }
    }

    /// <summary>
    /// Stops the running cell and returns when it is over: its variables stay. A cell that does not obey within
    /// <see cref="EngineOptions.InterruptGrace"/> loses its process.
    /// </summary>
    public async Task InterruptAsync()
    {
        if (current is { } execution)
        {
            execution.StopReason ??= CellStatus.Interrupted;
            await StopAsync(execution, options.InterruptGrace).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the running cell what the reader typed after an <see cref="InputEvent"/>.</summary>
    /// <param name="text">One line, without its end.</param>
    public Task AnswerAsync(string text) => process.SendAsync(new AnswerRequest(text));

    /// <summary>Asks the child whether it still listens, which it does even while a cell runs.</summary>
    /// <returns>The time the answer took.</returns>
    /// <exception cref="TimeoutException">There was no answer within the time.</exception>
    public async Task<TimeSpan> PingAsync(TimeSpan timeout)
    {
        var watch = Stopwatch.StartNew();
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pong = answer;
        await process.SendAsync(new PingRequest()).ConfigureAwait(false);
        await answer.Task.WaitAsync(timeout).ConfigureAwait(false);
        return watch.Elapsed;
    }

    /// <summary>
    /// What could stand at a place in a source, judged by what the cells before it have declared. Answered while a cell runs, too. The
    /// first question loads the tools for it, which takes a second or two.
    /// </summary>
    /// <param name="code">The source, maybe broken.</param>
    /// <param name="cursor">The place, in UTF-16 units from 0 to the length of the source.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The texts and what they replace; none when the process is gone.</returns>
    /// <exception cref="InvalidOperationException">The engine could not answer.</exception>
    public async Task<Completions> CompleteAsync(string code, int cursor, CancellationToken cancellationToken = default) =>
        await AskAsync(id => new CompleteRequest(id, code, cursor), cancellationToken).ConfigureAwait(false) is CompletionEvent answer
            ? answer.Completions : Completions.None(cursor);

    /// <summary>
    /// What stands at a place in a source: the name that the cursor touches, else the method whose arguments it stands between. Like
    /// <see cref="CompleteAsync"/>.
    /// </summary>
    /// <returns>Signature and documentation; null where there is nothing to say, or the process is gone.</returns>
    /// <inheritdoc cref="CompleteAsync" path="/param"/>
    /// <inheritdoc cref="CompleteAsync" path="/exception"/>
    public async Task<Inspection?> InspectAsync(string code, int cursor, CancellationToken cancellationToken = default) =>
        (await AskAsync(id => new InspectRequest(id, code, cursor), cancellationToken).ConfigureAwait(false) as InspectionEvent)?.Inspection;

    /// <summary>Whether a source can run, or something must follow; needs no process.</summary>
    /// <param name="code">The source.</param>
    public static Completeness IsComplete(string code) => Completeness.Of(code);

    /// <summary>Ends the child process, with a running cell, and starts a new one without any state.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await process.DisposeAsync().ConfigureAwait(false);
        await oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            executionCount = 0;
            await StartProcessAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Ends the child process and whatever its cells have started.</summary>
    public ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task StartProcessAsync(CancellationToken cancellationToken)
    {
        process = new EngineProcess(options, Dispatch);
        try
        {
            await process.Ready.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await process.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task FinishAsync(CellExecution execution, TimeSpan? limit, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(execution.Started, EndOf(execution)).WaitAsync(cancellationToken).ConfigureAwait(false);
            await EndOf(execution).WaitAsync(limit ?? Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            execution.StopReason ??= CellStatus.TimedOut;
            execution.Limit = limit;
            await StopAsync(execution, options.InterruptGrace).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            execution.StopReason ??= CellStatus.Interrupted;
            await StopAsync(execution, CancelGrace).ConfigureAwait(false);
        }
    }

    private async Task StopAsync(CellExecution execution, TimeSpan grace)
    {
        await process.SendAsync(new InterruptRequest(execution.Number)).ConfigureAwait(false);
        try
        {
            await EndOf(execution).WaitAsync(grace).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            process.Kill();
            await EndOf(execution).ConfigureAwait(false);
        }
    }

    /// <summary>Null when the process ends before it answers.</summary>
    private async Task<AnswerEvent?> AskAsync(Func<int, EngineRequest> question, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref questionCount);
        var answered = new TaskCompletionSource<AnswerEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        questions[id] = answered;
        try
        {
            var asked = process;
            await asked.SendAsync(question(id)).ConfigureAwait(false);
            await Task.WhenAny(answered.Task, asked.Ended).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            questions.TryRemove(id, out _);
        }

        var answer = answered.Task.IsCompleted ? await answered.Task.ConfigureAwait(false) : null;
        return answer is NoAnswerEvent { Reason: var reason } ? throw new InvalidOperationException($"The engine could not answer: {reason}") : answer;
    }

    private static async Task<CellError> EndedAsync(EngineProcess process)
    {
        await process.Ended.ConfigureAwait(false);
        return CrashReport.Explain(process.ExitCode, process.CrashText, "");
    }

    private Task<Task> EndOf(CellExecution execution) => Task.WhenAny(execution.Done, process.Ended);

    private void Dispatch(EngineEvent message)
    {
        switch (message)
        {
            case PongEvent:
                pong?.TrySetResult();
                break;
            case AnswerEvent answer:
                if (questions.TryGetValue(answer.Id, out var asked))
                {
                    asked.TrySetResult(answer);
                }

                break;
            default:
                Received?.Invoke(message);
                current?.Hear(message);
                break;
        }
    }
}
