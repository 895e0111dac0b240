namespace RnnBook.Benchmarks;

/// <summary>
/// The same nets here and in PyTorch: each contestant in turn trains for a moment, again and again, so that all see the same moods of
/// the machine. Minimum is compared with minimum; PyTorch's two-thread time is that of its better number of threads.
/// </summary>
internal static class TorchComparison
{
    private const int Rounds = 6;

    public static void Run(IReadOnlyList<string> configs, IReadOnlyList<string> cells, double seconds, string python)
    {
        var peers = new List<TorchPeer>();
        try
        {
            foreach (var flushes in (bool[])[true, false])
            {
                peers.Add(new TorchPeer(python, 1, flushes));
                peers.Add(new TorchPeer(python, 2, flushes));
            }

            Console.WriteLine($"Training step in ms, minimum (median); {Environment.ProcessorCount} processors, PyTorch {peers[0].Version}, .NET {Environment.Version}");
            Console.WriteLine();
            Console.WriteLine("| net | 1 thread | 2 threads | PyTorch 1 | PyTorch 2 | ratio 1 | floor, aim | ratio 2 | floor, aim | with denormals 1 | 2 | peak of 2, GFLOP/s |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
            foreach (var config in configs)
            {
                foreach (var cell in cells)
                {
                    Console.WriteLine(Row(config, cell, seconds, peers));
                }
            }
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
    }

    private static string Row(string config, string cell, double seconds, List<TorchPeer> peers)
    {
        var nets = new[] { new BenchmarkNet(config, cell, 1), new BenchmarkNet(config, cell, 2) };
        var ours = nets.Select(_ => new List<double>()).ToArray();
        var theirs = peers.Select(_ => new List<double>()).ToArray();
        foreach (var net in nets)
        {
            Timing.Measure(net.Step, 0.1);
        }

        var peak = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            peak = Math.Max(peak, MultiplyAddPeak.GigaFlops(2));
            for (var i = 0; i < peers.Count; i++)
            {
                if (i < nets.Length)
                {
                    ours[i].AddRange(Timing.Measure(nets[i].Step, seconds / Rounds));
                }

                theirs[i].AddRange(peers[i].Steps(config, cell, seconds / Rounds));
            }
        }

        var (own1, own2) = (Timing.Of(ours[0]), Timing.Of(ours[1]));
        var torch = theirs.Select(Timing.Of).ToArray();
        Timing better = torch[1].Minimum < torch[0].Minimum ? torch[1] : torch[0], slower = torch[3].Minimum < torch[2].Minimum ? torch[3] : torch[2];
        string Ratio(double ratio, int threads)
        {
            var goal = Goal.Of(config, cell, threads);
            return $"{ratio:F2} {goal.Judge(ratio)} | {goal.Floor}, {goal.Aim}";
        }

        return $"| {config} {cell} | {own1} | {own2} | {torch[0]} | {better}{(better == torch[0] ? " on 1" : "")}"
            + $" | {Ratio(torch[0].Minimum / own1.Minimum, 1)} | {Ratio(better.Minimum / own2.Minimum, 2)}"
            + $" | {torch[2].Minimum / own1.Minimum:F2} | {slower.Minimum / own2.Minimum:F2} | {peak:F0} |";
    }
}
