using System.Diagnostics;

namespace RnnBook.Benchmarks;

/// <summary>
/// Real training of configuration b: the identity-started ReLU RNN reads drawn digits pixel by pixel, in batches of 16. As in
/// a run on MNIST, each 60,000 digits (3,750 updates) are followed by a test on 10,000.
/// </summary>
internal static class DigitsBenchmark
{
    private const int BatchSize = 16;

    public static void Run(int updates, int threads)
    {
        var random = new RandomSource(1);
        var rnn = new Rnn(1, 100, Activation.Relu, random);
        rnn.StartFromIdentity(random);
        var model = new SequenceModel(rnn, new Linear(100, 10, random)) { Threads = threads };
        var trainer = new Trainer(model, new StrokeDigits(), new Sgd(1e-3f))
        {
            BatchSize = BatchSize,
            ClipNorm = 1,
            EvaluateEvery = 60_000 / BatchSize,
            TestSize = 10_000,
        };
        Console.WriteLine(trainer);

        // The clock starts when the test set is drawn and the first evaluation has warmed everything up.
        long start = 0;
        var history = trainer.Run(updates, point =>
        {
            Console.WriteLine($"update {point.Update,7}: test error {point.TestError:F4}, accuracy {point.Accuracy:P1}");
            start = start == 0 ? Stopwatch.GetTimestamp() : start;
        });
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(
            $"{history.Updates} updates on {threads} threads in {seconds:F1} s, {history.Seconds:F1} s of it training: {history.Outcome}. "
            + $"One million, evaluation included: {seconds / history.Updates * 1e6 / 3600:F2} h.");
        foreach (var cell in BenchmarkNet.Cells)
        {
            Console.WriteLine(Memory(cell, threads));
        }
    }

    /// <summary>Managed memory of a net of configuration b that trains, without its batch.</summary>
    private static string Memory(string cell, int threads)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var net = new BenchmarkNet("b", cell, threads);
        for (var i = 0; i < 5; i++)
        {
            net.Step();
        }

        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before - net.BatchBytes;
        GC.KeepAlive(net);
        return $"b {cell,-5} holds {bytes / 1048576.0:F1} MiB of managed memory above the data";
    }
}
