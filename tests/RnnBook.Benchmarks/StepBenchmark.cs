using System.Diagnostics;
using System.Text.Json;

namespace RnnBook.Benchmarks;

/// <summary>
/// The time of a training step (gradients to zero, forward, loss, back-propagation through time, update) and of a forward pass.
/// Everything is measured in turns until the time is up, so that the minima come from the same moments of a noisy machine.
/// </summary>
internal static class StepBenchmark
{
    public static void Run(IReadOnlyList<string> configs, IReadOnlyList<string> cells, int threads, double seconds, bool json)
    {
        var nets = configs.SelectMany(config => cells.Select(cell => new BenchmarkNet(config, cell, threads))).ToArray();
        var timings = nets.Select(_ => (Steps: new List<double>(), Forwards: new List<double>())).ToArray();
        var allocated = new long[nets.Length];
        for (var i = 0; i < nets.Length; i++)
        {
            Timing.Measure(nets[i].Step, 0.1);
            Timing.Measure(nets[i].Forward, 0.1);
            allocated[i] = AllocatedBytes(nets[i].Step);
        }

        var peak = 0.0;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds * nets.Length;)
        {
            peak = Math.Max(peak, MultiplyAddPeak.GigaFlops(threads));
            for (var i = 0; i < nets.Length; i++)
            {
                timings[i].Steps.AddRange(Timing.Measure(nets[i].Step, seconds / 10));
                timings[i].Forwards.AddRange(Timing.Measure(nets[i].Forward, seconds / 20));
            }
        }

        var results = nets.Select((net, i) =>
        {
            var (step, forward) = (Timing.Of(timings[i].Steps), Timing.Of(timings[i].Forwards));
            return new
            {
                config = net.Config,
                cell = net.Cell,
                threads,
                step,
                forward,
                gigaFlops = net.StepOperations / step.Minimum / 1e6,
                peak,
                steps = timings[i].Steps.Count,
                allocated = allocated[i],
            };
        }).ToArray();
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(results));
            return;
        }

        foreach (var r in results)
        {
            Console.WriteLine(
                $"{r.config} {r.cell,-4} on {r.threads}: step {r.step} ms, forward {r.forward} ms, minimum (median); {r.gigaFlops:F1} GFLOP/s, "
                + $"{r.gigaFlops / r.peak:P0} of {r.peak:F0}; {r.allocated} bytes allocated a step; {r.steps} steps");
        }
    }

    /// <summary>Managed memory that one of some steps allocates, on all threads: the median, since the runtime itself allocates now and then.</summary>
    private static long AllocatedBytes(Action step)
    {
        var bytes = new long[9];
        for (var i = 0; i < bytes.Length; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            step();
            bytes[i] = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        return bytes.Order().ElementAt(bytes.Length / 2);
    }
}
