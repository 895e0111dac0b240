using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// Foretell a series: a sequence shows T values one after the other and asks for the one that comes some steps later. Values are
/// shifted and scaled to mean 0 and variance 1 over the first part, which training sees; tests read the rest.
/// </summary>
public class SeriesTask : SequenceTask
{
    private readonly Tensor values;

    /// <summary>Makes the task from any series.</summary>
    /// <param name="name">What the series is.</param>
    /// <param name="series">At each time one value or several, always as many, all finite.</param>
    /// <param name="sequenceLength">T, 1 or more: times that a sequence shows.</param>
    /// <param name="horizon">How many times after the last one shown the answer lies, 1 or more.</param>
    /// <param name="everyStep">Whether an answer is asked after every step, for the time that lies as much later than it.</param>
    /// <param name="testShare">The part of the series, at its end, that is kept for tests: above 0 and below 1.</param>
    /// <exception cref="ArgumentException">A part is too short for a sequence and its answer, or a setting is outside its range.</exception>
    public SeriesTask(
        string name, IReadOnlyList<double[]> series, int sequenceLength, int horizon = 1, bool everyStep = false, double testShare = 0.2)
        : base(new MeanSquaredError())
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfLessThan(sequenceLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        TrainLength = (int)(series.Count * (1 - testShare));
        if (!(testShare > 0 && testShare < 1) || Math.Min(TrainLength, series.Count - TrainLength) < sequenceLength + horizon)
        {
            throw new ArgumentException(
                Invariant($"{series.Count} times with a test share of {testShare} leave no part of T + horizon = {sequenceLength + horizon} on both sides."));
        }

        var width = series[0].Length;
        if (width == 0 || series.Any(time => time.Length != width || !time.All(double.IsFinite)))
        {
            throw new ArgumentException($"Every time of a series has as many values as the first, here {width}, at least one, all finite.");
        }

        (SequenceLength, Horizon, EveryStep, InputSize, OutputSize) = (sequenceLength, horizon, everyStep, width, width);
        Name = $"{name}, {horizon} ahead, T = {sequenceLength}";
        values = new Tensor(series.Count, width);
        var (means, scales) = (new double[width], new double[width]);
        for (var i = 0; i < width; i++)
        {
            means[i] = series.Take(TrainLength).Average(time => time[i]);
            var deviation = Math.Sqrt(series.Take(TrainLength).Average(time => (time[i] - means[i]) * (time[i] - means[i])));
            scales[i] = deviation > 0 ? deviation : 1;
            for (var t = 0; t < series.Count; t++)
            {
                values[t, i] = (float)((series[t][i] - means[i]) / scales[i]);
            }
        }

        (Means, Scales) = (means, scales);

        // The mean squared error over the test part of who always answers with the mean of the training part.
        Baseline = TestError((_, _) => 0);
        PersistenceError = TestError((t, i) => values[t - horizon, i]);
    }

    /// <summary>How many times after the last one shown the answer lies.</summary>
    public int Horizon { get; }

    /// <summary>The mean squared error over the test part of who answers with the last value seen.</summary>
    public double PersistenceError { get; }

    /// <summary>What was subtracted from each value.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>By what each value was divided then.</summary>
    public IReadOnlyList<double> Scales { get; }

    /// <summary>The whole series as the task shows it, [times, values]; training sees the first <see cref="TrainLength"/>.</summary>
    public Tensor Series() => Tensor.From(values.Span, values.Shape);

    /// <summary>Times of the part that training sees.</summary>
    public int TrainLength { get; }

    /// <inheritdoc/>
    protected override void Draw(Batch batch, RandomSource random, bool test)
    {
        var (first, end) = test ? (TrainLength, values.Shape[0]) : (0, TrainLength);
        for (var b = 0; b < batch.Size; b++)
        {
            var start = first + random.NextInt(end - first - SequenceLength - Horizon + 1);
            for (var t = 0; t < SequenceLength; t++)
            {
                values.Slice(start + t).CopyTo(batch.Inputs.Slice(t)[(b * InputSize)..]);
                if (EveryStep || t == SequenceLength - 1)
                {
                    var answer = EveryStep ? (t * batch.Size) + b : b;
                    values.Slice(start + t + Horizon).CopyTo(batch.Targets!.Span[(answer * InputSize)..]);
                }
            }
        }
    }

    /// <summary>Over every time of the test part that has its last value seen there too.</summary>
    private double TestError(Func<int, int, float> answer)
    {
        var (sum, count) = (0.0, 0);
        for (var t = TrainLength + Horizon; t < values.Shape[0]; t++)
        {
            for (var i = 0; i < InputSize; i++, count++)
            {
                var difference = (double)answer(t, i) - values[t, i];
                sum += difference * difference;
            }
        }

        return sum / count;
    }
}
