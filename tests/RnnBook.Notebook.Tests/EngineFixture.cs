using System.Collections.Concurrent;

namespace RnnBook.Notebook.Tests;

/// <summary>One engine for all the tests of a class; a test that ends its process restarts it.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public CellEngine Engine { get; private set; } = null!;

    public async Task InitializeAsync() => Engine = await CellEngine.StartAsync(new EngineOptions { InterruptGrace = TimeSpan.FromSeconds(30) });

    public async Task DisposeAsync() => await Engine.DisposeAsync();

    /// <summary>Runs a cell in a living engine and gathers what it says.</summary>
    public async Task<Outcome> RunAsync(string code, TimeSpan? limit = null)
    {
        if (!Engine.IsAlive)
        {
            await Engine.RestartAsync();
        }

        return await Outcome.OfAsync(Engine, code, limit);
    }
}

/// <summary>What a cell said and how it ended.</summary>
public sealed record Outcome(CellResult Result, IReadOnlyList<EngineEvent> Events)
{
    public string Text => string.Concat(Events.OfType<StreamEvent>().Where(stream => stream.Name == "stdout").Select(stream => stream.Text));

    public string ErrorText => string.Concat(Events.OfType<StreamEvent>().Where(stream => stream.Name == "stderr").Select(stream => stream.Text));

    public DisplayEvent? Value => Events.OfType<DisplayEvent>().SingleOrDefault(display => display.IsResult);

    public string? PlainValue => (string?)Value?.Data["text/plain"];

    public static async Task<Outcome> OfAsync(CellEngine engine, string code, TimeSpan? limit = null, CancellationToken cancellation = default)
    {
        var events = new ConcurrentQueue<EngineEvent>();
        var result = await engine.ExecuteAsync(code, events.Enqueue, limit ?? EngineFixture.Patience, cancellation);
        return new Outcome(result, [.. events]);
    }

    /// <summary>Demands that the cell ran well; the failure shows its error.</summary>
    public Outcome Ok()
    {
        Assert.True(Result.Status == CellStatus.Ok, $"{Result.Status}: {Result.Error}\n{string.Join('\n', Result.Error?.Trace ?? [])}");
        return this;
    }
}
