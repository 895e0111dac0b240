using System.Diagnostics;

namespace RnnBook.Notebook.Tests;

/// <summary>Whatever ends an engine, nothing of it stays behind.</summary>
public sealed class OrphanTests
{
    private const string StartsAGrandchild = """
        var child = System.Diagnostics.Process.Start("sleep", "300");
        child.Id
        """;

    [SkippableFact]
    public async Task Disposing_ends_the_process_and_what_its_cells_have_started()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        int engineId, grandchild;
        await using (var engine = await CellEngine.StartAsync())
        {
            engineId = engine.ProcessId;
            grandchild = int.Parse((await Outcome.OfAsync(engine, StartsAGrandchild)).Ok().PlainValue!);
            Assert.True(IsRunning(grandchild));
        }

        await AssertGoneAsync(engineId, grandchild);
    }

    [SkippableFact]
    public async Task A_crash_leaves_no_grandchild()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        await using var engine = await CellEngine.StartAsync();
        var grandchild = int.Parse((await Outcome.OfAsync(engine, StartsAGrandchild)).Ok().PlainValue!);

        await Outcome.OfAsync(engine, "Environment.FailFast(\"gone\");");

        await AssertGoneAsync(grandchild);
    }

    [SkippableFact]
    public async Task A_host_that_is_killed_takes_everything_with_it()
    {
        Skip.IfNot(OperatingSystem.IsLinux());

        // The host is a cell here: it runs an engine of its own, whose cell has started a process and loops for ever.
        await using var outer = await CellEngine.StartAsync();
        var ids = (await Outcome.OfAsync(outer, """"
            using RnnBook.Notebook;
            var inner = await CellEngine.StartAsync();
            var grandchild = new TaskCompletionSource<string>();
            _ = inner.ExecuteAsync(
                """
                System.Diagnostics.Process.Start("sleep", "300").Id.Display();
                while (true) { }
                """,
                message => { if (message is DisplayEvent shown) grandchild.TrySetResult((string)shown.Data["text/plain"]); });
            $"{inner.ProcessId} {await grandchild.Task}"
            """")).Ok().PlainValue!.Split(' ').Select(int.Parse).ToArray();
        Assert.All(ids, id => Assert.True(IsRunning(id)));

        Process.GetProcessById(outer.ProcessId).Kill();

        await AssertGoneAsync(ids);
    }

    private static async Task AssertGoneAsync(params int[] ids)
    {
        var watch = Stopwatch.StartNew();
        while (ids.Any(IsRunning) && watch.Elapsed < EngineFixture.Patience)
        {
            await Task.Delay(50);
        }

        Assert.DoesNotContain(ids, IsRunning);
    }

    /// <summary>A process that has ended but was not yet collected by its parent does not count.</summary>
    private static bool IsRunning(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1][0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
