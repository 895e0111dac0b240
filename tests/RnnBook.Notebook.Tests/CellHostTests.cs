namespace RnnBook.Notebook.Tests;

/// <summary>What display adapters find by reflection.</summary>
public sealed class CellHostTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private const string Find = """
        using System.Reflection;
        using System.Threading;
        var host = Type.GetType("RnnBook.Notebook.CellHost, RnnBook.Notebook");
        object Show(object value) => host.GetMethod("Display", new[] { typeof(object) }).Invoke(null, new[] { value });
        void Update(object handle, object value) => handle.GetType().GetMethod("Update", new[] { typeof(object) }).Invoke(handle, new[] { value });
        host.GetProperty("Current").GetValue(null) != null
        """;

    [Fact]
    public void Outside_the_engine_there_is_none()
    {
        Assert.Null(CellHost.Current);
        Assert.Throws<InvalidOperationException>(() => CellHost.Display(1));
    }

    [Fact]
    public async Task Inside_it_shows_and_updates_from_any_thread_in_order()
    {
        Assert.Equal("True", (await fixture.RunAsync(Find)).Ok().PlainValue);

        var outcome = (await fixture.RunAsync("""
            var handle = Show("start");
            var worker = new Thread(() =>
            {
                for (var i = 0; i < 1000; i++) Update(handle, i);
            });
            worker.Start();
            worker.Join();
            Console.Write("end");
            """)).Ok();

        var shown = Assert.Single(outcome.Events.OfType<DisplayEvent>());
        var updates = outcome.Events.OfType<UpdateEvent>().ToArray();
        Assert.All(updates, update => Assert.Equal(shown.Id, update.Id));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), updates.Select(update => (string?)update.Data["text/plain"]));
        Assert.IsType<StreamEvent>(outcome.Events[^1]);
    }
}
