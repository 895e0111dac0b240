using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnBook.Benchmarks;

/// <summary>What the cores can do at best: independent multiply-adds in registers.</summary>
internal static class MultiplyAddPeak
{
    private const int Rounds = 20_000;

    private static readonly Vector512<float>[] Sinks = new Vector512<float>[2];

    /// <summary>GFLOP/s of so many cores at once, the best of a few short bursts.</summary>
    public static double GigaFlops(int threads)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Parallel.For(0, threads, thread => Sinks[thread] = Burst(Rounds));
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return threads * Rounds * 10.0 * 16 * 2 / best / 1e9;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector512<float> Burst(int rounds)
    {
        var (x, y) = (Vector512.Create(1.0001f), Vector512.Create(1e-9f));
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x;
        for (var round = 0; round < rounds; round++)
        {
            a = Vector512.FusedMultiplyAdd(x, y, a);
            b = Vector512.FusedMultiplyAdd(x, y, b);
            c = Vector512.FusedMultiplyAdd(x, y, c);
            d = Vector512.FusedMultiplyAdd(x, y, d);
            e = Vector512.FusedMultiplyAdd(x, y, e);
            f = Vector512.FusedMultiplyAdd(x, y, f);
            g = Vector512.FusedMultiplyAdd(x, y, g);
            h = Vector512.FusedMultiplyAdd(x, y, h);
            i = Vector512.FusedMultiplyAdd(x, y, i);
            j = Vector512.FusedMultiplyAdd(x, y, j);
        }

        return a + b + c + d + e + f + g + h + i + j;
    }
}
