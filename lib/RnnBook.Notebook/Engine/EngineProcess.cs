using System.Diagnostics;
using System.Text;

namespace RnnBook.Notebook;

/// <summary>
/// One child process: its start, its lines, its end. Events come in order, one at a time, from <c>onEvent</c>; <see cref="Ended"/>
/// completes after the last one.
/// </summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    // Ctrl-C in a terminal reaches a child that has just been started before it can say that it does not mind.
    private const int InterruptedBySignal = 128 + 2;

    private readonly Process process;
    private readonly string family = Guid.NewGuid().ToString("n");
    private readonly Action<EngineEvent> onEvent;
    private readonly Lock dispatching = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StandardErrorText standardError;

    public EngineProcess(EngineOptions options, Action<EngineEvent> onEvent)
    {
        this.onEvent = onEvent;
        standardError = new StandardErrorText(text => Dispatch(new StreamEvent(0, "stderr", text)));
        process = Start(options);
        Id = process.Id;
        Ended = FollowAsync();
    }

    /// <summary>Completes when the process is gone and everything it said has been passed on.</summary>
    public Task Ended { get; }

    /// <summary>Completes when the child listens; fails when it ends before.</summary>
    public Task Ready => ready.Task;

    public int Id { get; }

    public bool IsAlive => !Ended.IsCompleted;

    /// <summary>What the runtime said about its end, after <see cref="Ended"/>.</summary>
    public string CrashText => standardError.CrashText;

    /// <summary>The exit code, after <see cref="Ended"/>; 128 plus the signal's number when a signal ended it.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Sends a request; a child that is gone hears nothing, and its end is reported elsewhere.</summary>
    public async Task SendAsync(EngineRequest request)
    {
        await sending.WaitAsync().ConfigureAwait(false);
        try
        {
            var stream = process.StandardInput.BaseStream;
            await stream.WriteAsync((byte[])[.. Protocol.Write(request), (byte)'\n']).ConfigureAwait(false);
            await stream.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Ends the process and whatever its cells have started.</summary>
    public void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It is gone already, or a member of the tree is.
        }

        ProcessFamily.Kill(family);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Ended.ConfigureAwait(false);
        process.Dispose();
    }

    private Process Start(EngineOptions options)
    {
        var start = new ProcessStartInfo(CellEngine.Command[0], CellEngine.Command.Skip(1))
        {
            WorkingDirectory = options.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        if (!CellEngine.HasCultures)
        {
            start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        }

        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment[ProcessFamily.Variable] = family;
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidOperationException($"The cell engine did not start: {exception.Message}", exception);
        }
    }

    private async Task FollowAsync()
    {
        var output = Task.Run(ReadEventsAsync);
        var errors = Task.Run(() => standardError.ReadAsync(process.StandardError));
        await process.WaitForExitAsync().ConfigureAwait(false);
        ExitCode = process.ExitCode;

        // A grandchild may hold the pipes open: what the child itself said is there within moments.
        await Task.WhenAny(Task.WhenAll(output, errors), Task.Delay(TimeSpan.FromSeconds(2))).ConfigureAwait(false);
        standardError.Flush();
        ProcessFamily.Kill(family);
        ready.TrySetException(ExitCode == InterruptedBySignal
            ? new OperationCanceledException("The cell engine was interrupted before it listened.")
            : new InvalidOperationException($"The cell engine did not start (exit code {ExitCode}): {standardError.CrashText.Trim()}"));
    }

    private async Task ReadEventsAsync()
    {
        while (await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            switch (Protocol.ReadEvent(line))
            {
                case null:
                    break;
                case ReadyEvent:
                    ready.TrySetResult();
                    break;
                case var message:
                    Dispatch(message);
                    break;
            }
        }
    }

    private void Dispatch(EngineEvent message)
    {
        lock (dispatching)
        {
            onEvent(message);
        }
    }
}
