using System.Diagnostics;

namespace RnnBook.Benchmarks;

/// <summary>How long one time step of one sequence takes in use: H = 100, one input, ten outputs.</summary>
internal static class LatencyBenchmark
{
    public static void Run(int steps)
    {
        Console.WriteLine("One step at batch 1, from input to output, 100 units; the clock's own time is taken off.");
        foreach (var cell in BenchmarkNet.Cells)
        {
            var random = new RandomSource(1);
            var model = new SequenceModel(BenchmarkNet.Layer(cell, 1, 100, random), new Linear(100, 10, random));
            var x = new Tensor(1, 1);
            model.BeginSteps();
            var (clock, times) = (new long[steps], new long[steps]);

            // The first turn warms up.
            for (var turn = 0; turn < 2; turn++)
            {
                for (var i = 0; i < steps; i++)
                {
                    x[0, 0] = random.NextSingle();
                    var (before, start) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
                    model.Step(x);
                    (times[i], clock[i]) = (Stopwatch.GetTimestamp() - start, start - before);
                }
            }

            Array.Sort(times);
            Array.Sort(clock);
            var own = clock[steps / 2];
            double Microseconds(double share) => (times[(int)(share * (steps - 1))] - own) * 1e6 / Stopwatch.Frequency;
            Console.WriteLine($"{cell,-4}  p50 {Microseconds(0.5):F2} µs  p99 {Microseconds(0.99):F2} µs  n = {steps}");
        }
    }
}
