using System.Diagnostics;
using System.Text.Json;

namespace RnnBook.Benchmarks;

/// <summary>
/// The time of a training step (gradients to zero, forward, loss, back-propagation through time, update) and of a forward pass.
/// Everything is measured in turns until the time is up, so that the minima come from the same moments of a noisy machine.
/// </summary>
internal static class StepBenchmark
{
    public static void Run(string config, string[] cells, int threads, double seconds, bool json)
    {
        var nets = cells.Select(cell => new BenchmarkNet(config, cell, threads)).ToArray();
        var timings = nets.Select(_ => (Steps: new List<double>(), Forwards: new List<double>())).ToArray();
        foreach (var net in nets)
        {
            for (var i = 0; i < 3; i++)
            {
                net.Step();
                net.Forward();
            }
        }

        var peak = 0.0;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds * nets.Length;)
        {
            peak = Math.Max(peak, MultiplyAddPeak.GigaFlops());
            for (var i = 0; i < nets.Length; i++)
            {
                for (var repeat = 0; repeat < 5; repeat++)
                {
                    timings[i].Steps.Add(Milliseconds(nets[i].Step));
                }

                for (var repeat = 0; repeat < 2; repeat++)
                {
                    timings[i].Forwards.Add(Milliseconds(nets[i].Forward));
                }
            }
        }

        var results = nets.Zip(timings, (net, timing) => new
        {
            config,
            cell = net.Cell,
            threads,
            stepMinimum = timing.Steps.Min(),
            stepMedian = Median(timing.Steps),
            forwardMinimum = timing.Forwards.Min(),
            forwardMedian = Median(timing.Forwards),
            gigaFlops = net.StepOperations / timing.Steps.Min() / 1e6,
            peak = peak * threads,
            steps = timing.Steps.Count,
        }).ToArray();
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(results));
            return;
        }

        foreach (var r in results)
        {
            Console.WriteLine(
                $"{r.config} {r.cell,-5} {r.threads} threads  step min {r.stepMinimum,8:F2} med {r.stepMedian,8:F2} ms  forward min {r.forwardMinimum,8:F2} med {r.forwardMedian,8:F2} ms"
                + $"  {r.gigaFlops,6:F1} GFLOP/s, {r.gigaFlops / r.peak:P0} of {r.peak:F0}  n={r.steps}");
        }
    }

    private static double Milliseconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
