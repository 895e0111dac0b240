namespace RnnBook.Benchmarks;

/// <summary>How long one time step of one sequence takes in use: H = 100, one input, ten outputs.</summary>
internal static class LatencyBenchmark
{
    public static void Run(int steps)
    {
        Console.WriteLine($"One step at batch 1, from input to output, 100 units; the clock's own time is taken off; {steps} steps.");
        var random = new RandomSource(1);
        SequenceModel[] models =
            [.. BenchmarkNet.Cells.Select(cell => new SequenceModel(BenchmarkNet.Layer(cell, 1, 100, random), new Linear(100, 10, random)))];

        // The first turn warms up.
        StepLatency.Measure(models, steps, seed: 1);
        foreach (var (cell, latency) in BenchmarkNet.Cells.Zip(StepLatency.Measure(models, steps, seed: 2)))
        {
            Console.WriteLine($"{cell,-4}  {latency}");
        }
    }
}
