using System.Diagnostics;
using RnnBook.Notebook;

namespace RnnBook.Benchmarks;

/// <summary>
/// Processor time of a notebook's tiny cells, in the book's engine and in the C# kernel of .NET Interactive. In turns, each time in a new process that has
/// come to rest after its start; all of its threads count, so that a compiler that works beside the cell is not free.
/// </summary>
internal static class CellBenchmark
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    public static async Task Run(int cells, int rounds, string kernel)
    {
        (string Name, Func<Task<ICellHost>> Start)[] hosts =
        [
            ("engine", async () => new EngineHost(await CellEngine.StartAsync())),
            ("kernel", () => Task.FromResult<ICellHost>(new KernelPeer(kernel))),
        ];
        var runs = hosts.Select(_ => new List<Cost>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < hosts.Length; i++)
            {
                await using var host = await hosts[i].Start();
                runs[i].Add(await MeasureAsync(host, cells));
            }
        }

        Console.WriteLine($"{cells} one-line cells, least (median) of {rounds} processes of each");
        foreach (var ((name, _), costs) in hosts.Zip(runs))
        {
            Console.WriteLine(
                $"{name}  start {Seconds(costs, cost => cost.Start)} s of CPU, first cell {Seconds(costs, cost => cost.First)}, all cells "
                + $"{Seconds(costs, cost => cost.Cells)}, on the clock {Seconds(costs, cost => cost.Clock)}");
        }
    }

    private static async Task<Cost> MeasureAsync(ICellHost host, int cells)
    {
        using var process = Process.GetProcessById(host.ProcessId);
        var start = await AtRestAsync(process);
        var clock = Stopwatch.StartNew();
        await host.RunAsync(Cell(0));
        var first = Used(process) - start;
        for (var i = 1; i < cells; i++)
        {
            await host.RunAsync(Cell(i));
        }

        var elapsed = clock.Elapsed;
        return new Cost(start.TotalSeconds, first.TotalSeconds, (Used(process) - start).TotalSeconds, elapsed.TotalSeconds);
    }

    /// <summary>A variable, a call, a value: what small cells hold.</summary>
    private static string Cell(int i) => (i % 3) switch
    {
        0 => $"var x{i} = {i};",
        1 => $"Console.WriteLine(x{i - 1});",
        _ => $"x{i - 2} + 1",
    };

    /// <summary>The processor time at which the process has nothing more to do.</summary>
    private static async Task<TimeSpan> AtRestAsync(Process process)
    {
        for (var before = Used(process); ;)
        {
            await Task.Delay(Moment);
            var now = Used(process);
            if (now - before < 0.05 * Moment)
            {
                return now;
            }

            before = now;
        }
    }

    private static TimeSpan Used(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static Timing Seconds(IEnumerable<Cost> costs, Func<Cost, double> part) => Timing.Of([.. costs.Select(part)]);

    private readonly record struct Cost(double Start, double First, double Cells, double Clock);

    private sealed class EngineHost(CellEngine engine) : ICellHost
    {
        public int ProcessId => engine.ProcessId;

        public async Task RunAsync(string code)
        {
            if ((await engine.ExecuteAsync(code)).Error is { } error)
            {
                throw new PeerException($"\"{code}\": {error.Message}");
            }
        }

        public ValueTask DisposeAsync() => engine.DisposeAsync();
    }
}

/// <summary>A process that runs cells.</summary>
internal interface ICellHost : IAsyncDisposable
{
    public int ProcessId { get; }

    public Task RunAsync(string code);
}
