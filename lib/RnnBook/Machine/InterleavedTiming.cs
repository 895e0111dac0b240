using System.Diagnostics;
using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// How long rivals take, compared fairly on a machine that also does other things: they take turns in short blocks of calls, so that a
/// disturbance hits them all; of each the median block counts; and the whole is repeated. What is compared are ratios within one repeat.
/// </summary>
/// <remarks>Clock ticks are read before and after a block; a block has so many calls that the clock's own time does not matter.</remarks>
public sealed class InterleavedTiming
{
    /// <summary>A block lasts about this long, or one call if that is longer.</summary>
    private const double BlockSeconds = 50e-6;

    /// <summary>Calls and pauses after which the runtime has put its optimised code in place.</summary>
    private const int WarmCalls = 40, WarmTurns = 3, WarmPauseMilliseconds = 60;

    /// <summary>A turn of warming up lasts so long at most, or one call: what takes longer by itself is compiled anew while it runs.</summary>
    private const double WarmSeconds = 10e-3;

    private readonly string[] names;
    private readonly double[][] median;

    private InterleavedTiming(string[] names, double[][] median) => (this.names, this.median) = (names, median);

    /// <summary>The rivals, in the order given.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Nanoseconds a call, one value a repeat: the median of its blocks.</summary>
    /// <exception cref="ArgumentException">There is no such rival.</exception>
    public IReadOnlyList<double> this[string name] => median[Index(name)];

    /// <summary>Times rivals.</summary>
    /// <param name="repeats">How many times the whole is done, 1 or more.</param>
    /// <param name="rounds">Blocks of each rival within a repeat, 1 or more.</param>
    /// <param name="rivals">Names and what to call; long loops belong into a compiled method, not into the call itself.</param>
    /// <exception cref="ArgumentException">No rival, or two of one name.</exception>
    public static InterleavedTiming Measure(int repeats, int rounds, params IReadOnlyList<(string Name, Action Call)> rivals)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(repeats);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rounds);
        ArgumentNullException.ThrowIfNull(rivals);
        string[] names = [.. rivals.Select(rival => rival.Name)];
        if (names.Length == 0 || names.Distinct().Count() < names.Length)
        {
            throw new ArgumentException($"Rivals have a name of their own each: {string.Join(", ", names)}.", nameof(rivals));
        }

        int[] calls = [.. Warm(rivals).Select(seconds => (int)Math.Clamp(BlockSeconds / Math.Max(seconds, 1e-9), 1, 100_000))];
        var median = names.Select(_ => new double[repeats]).ToArray();
        var blocks = names.Select(_ => new double[rounds]).ToArray();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            for (var round = 0; round < rounds; round++)
            {
                for (var i = 0; i < names.Length; i++)
                {
                    blocks[i][round] = Seconds(rivals[i].Call, calls[i]) * 1e9 / calls[i];
                }
            }

            for (var i = 0; i < names.Length; i++)
            {
                Array.Sort(blocks[i]);
                median[i][repeat] = (blocks[i][(rounds - 1) / 2] + blocks[i][rounds / 2]) / 2;
            }
        }

        return new InterleavedTiming(names, median);
    }

    /// <summary>How many times as long one takes as another, one value a repeat.</summary>
    public double[] Ratio(string name, string over) => [.. this[name].Zip(this[over], (time, other) => time / other)];

    /// <summary>Nanoseconds an element, one value a repeat, for a call that does so many.</summary>
    public double[] PerElement(string name, double elements) => [.. this[name].Select(time => time / elements)];

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(", ", names.Zip(median, (name, times) => Invariant($"{name} {times.Order().ElementAt(times.Length / 2):G3} ns")));

    /// <summary>Seconds of a call of each, once all are compiled to their last form.</summary>
    private static double[] Warm(IReadOnlyList<(string Name, Action Call)> rivals)
    {
        var seconds = new double[rivals.Count];
        for (var turn = 0; turn < WarmTurns; turn++)
        {
            for (var i = 0; i < rivals.Count; i++)
            {
                var calls = (int)Math.Clamp(WarmSeconds / Math.Max(Seconds(rivals[i].Call, 1), 1e-9), 1, WarmCalls);
                seconds[i] = Seconds(rivals[i].Call, calls) / calls;
            }

            Thread.Sleep(WarmPauseMilliseconds);
        }

        return seconds;
    }

    private static double Seconds(Action call, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
        {
            call();
        }

        return (double)(Stopwatch.GetTimestamp() - start) / Stopwatch.Frequency;
    }

    private int Index(string name) => Array.IndexOf(names, name) is >= 0 and var i
        ? i
        : throw new ArgumentException($"\"{name}\" was not timed: there are {string.Join(", ", names)}.", nameof(name));
}
