using System.Diagnostics;

namespace RnnBook;

/// <summary>
/// How long one time step of one sequence takes in use, from input to output. Every step is timed by itself, because whoever waits for an
/// answer meets the slow ones, too: p50 is the median, p99 what one step in a hundred exceeds.
/// </summary>
/// <param name="P50">Microseconds.</param>
/// <param name="P99">Microseconds.</param>
public readonly record struct StepLatency(double P50, double P99)
{
    /// <summary>Times models in turns of a few hundred steps; the clock's own time is taken off.</summary>
    /// <param name="models">Each is read step by step, one sequence.</param>
    /// <param name="steps">Steps of each, 100 or more.</param>
    /// <param name="seed">Of the inputs, uniform in [0, 1).</param>
    /// <returns>One a model, in their order.</returns>
    public static IReadOnlyList<StepLatency> Measure(IReadOnlyList<SequenceModel> models, int steps, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 100);
        const int turn = 200;
        var random = new RandomSource(seed);
        var inputs = models.Select(model => new Tensor(1, model.InputSize)).ToArray();
        var times = models.Select(_ => new long[steps]).ToArray();
        var clock = new long[steps];
        foreach (var model in models)
        {
            model.BeginSteps();
        }

        for (var first = 0; first < steps; first += turn)
        {
            for (var m = 0; m < models.Count; m++)
            {
                for (var i = first; i < Math.Min(first + turn, steps); i++)
                {
                    foreach (ref var value in inputs[m].Span)
                    {
                        value = random.NextSingle();
                    }

                    var (before, start) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
                    models[m].Step(inputs[m]);
                    (times[m][i], clock[i]) = (Stopwatch.GetTimestamp() - start, start - before);
                }
            }
        }

        Array.Sort(clock);
        var own = clock[steps / 2];
        return [.. times.Select(ticks =>
        {
            Array.Sort(ticks);
            double At(double share) => (ticks[(int)(share * (steps - 1))] - own) * 1e6 / Stopwatch.Frequency;
            return new StepLatency(At(0.5), At(0.99));
        })];
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"p50 {P50:F2} µs, p99 {P99:F2} µs");
}
