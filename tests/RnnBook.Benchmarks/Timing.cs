using System.Diagnostics;

namespace RnnBook.Benchmarks;

/// <summary>Minimum and median of some times in ms.</summary>
internal sealed record Timing(double Minimum, double Median)
{
    public static Timing Of(List<double> times)
    {
        times.Sort();
        return new(times[0], times[times.Count / 2]);
    }

    /// <summary>Milliseconds of each call, for some seconds, at least one call.</summary>
    public static List<double> Measure(Action action, double seconds)
    {
        var times = new List<double>();
        var start = Stopwatch.GetTimestamp();
        do
        {
            var before = Stopwatch.GetTimestamp();
            action();
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        return times;
    }

    public override string ToString() => Minimum < 100 ? $"{Minimum:F2} ({Median:F2})" : $"{Minimum:F0} ({Median:F0})";
}
