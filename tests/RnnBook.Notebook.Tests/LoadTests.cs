namespace RnnBook.Notebook.Tests;

/// <summary>Much output: nothing is lost, the order is kept, memory stays bounded. How fast it is is measured elsewhere.</summary>
public sealed class LoadTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public async Task A_hundred_cells_print_ten_megabytes_and_more_each_in_order()
    {
        const int Cells = 100, Lines = 2_000;
        var next = 0L;
        for (var cell = 0; cell < Cells; cell++)
        {
            var rest = "";
            var code = $"for (var i = {cell * Lines}L; i < {(cell + 1) * Lines}; i++) Console.WriteLine($\"{{i,8}}\" + new string('x', 95));";
            var result = await fixture.Engine.ExecuteAsync(code, message => Check(ref rest, message));

            Assert.Equal(CellStatus.Ok, result.Status);
            Assert.Equal(((cell + 1) * Lines, ""), ((int)next, rest));
        }

        using var child = System.Diagnostics.Process.GetProcessById(fixture.Engine.ProcessId);
        Assert.InRange(child.WorkingSet64, 0, 800 * Megabyte);

        void Check(ref string rest, EngineEvent message)
        {
            if (message is not StreamEvent stream)
            {
                return;
            }

            var lines = (rest + stream.Text).Split('\n');
            foreach (var line in lines[..^1])
            {
                Assert.Equal(next++, long.Parse(line[..8]));
                Assert.Equal(103, line.Length);
            }

            rest = lines[^1];
        }
    }

    [Fact]
    public async Task Ten_thousand_updates_of_one_value_arrive_in_order()
    {
        var updates = new List<int>();
        var result = await fixture.Engine.ExecuteAsync(
            "var shown = display(-1);\nfor (var i = 0; i < 10_000; i++) shown.Update(i);",
            message =>
            {
                if (message is UpdateEvent update)
                {
                    updates.Add(int.Parse((string)update.Data["text/plain"]!));
                }
            });

        Assert.Equal(CellStatus.Ok, result.Status);
        Assert.Equal(Enumerable.Range(0, 10_000), updates);
    }

    [Fact]
    public async Task A_client_that_does_not_listen_slows_the_cell_and_fills_no_memory()
    {
        var gate = new TaskCompletionSource();
        var length = 0L;
        var running = fixture.Engine.ExecuteAsync(
            "for (var i = 0; i < 1_000_000; i++) Console.WriteLine(new string('x', 99));",
            message =>
            {
                gate.Task.Wait();
                length += message is StreamEvent stream ? stream.Text.Length : 0;
            });

        await Task.Delay(TimeSpan.FromSeconds(3));
        using (var child = System.Diagnostics.Process.GetProcessById(fixture.Engine.ProcessId))
        {
            Assert.False(running.IsCompleted);
            Assert.InRange(child.WorkingSet64, 0, 800 * Megabyte);
        }

        gate.SetResult();
        Assert.Equal(CellStatus.Ok, (await running).Status);
        Assert.Equal(100_000_000, length);
    }
}
