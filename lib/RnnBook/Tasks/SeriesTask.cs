namespace RnnBook;

/// <summary>
/// Foretell a series: a sequence shows T values one after the other and asks for the one that comes some steps later. Values are
/// shifted and scaled to mean 0 and variance 1 over the first part, which training sees; tests read the rest.
/// </summary>
public class SeriesTask : SequenceTask
{
    private readonly float[] values;
    private readonly int trainLength;
    private readonly string title;

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
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfLessThan(sequenceLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        (title, SequenceLength, Horizon, EveryStep) = (name, sequenceLength, horizon, everyStep);
        trainLength = (int)(series.Count * (1 - testShare));
        if (!(testShare > 0 && testShare < 1) || Math.Min(trainLength, series.Count - trainLength) < sequenceLength + horizon)
        {
            throw new ArgumentException(
                $"{series.Count} times with a test share of {testShare} leave no part of T + horizon = {sequenceLength + horizon} on both sides.");
        }

        InputSize = series[0].Length;
        if (InputSize == 0 || series.Any(time => time.Length != InputSize || !time.All(double.IsFinite)))
        {
            throw new ArgumentException($"Every time of a series has as many values as the first, here {InputSize}, at least one, all finite.");
        }

        values = new float[series.Count * InputSize];
        var (means, scales) = (new double[InputSize], new double[InputSize]);
        for (var i = 0; i < InputSize; i++)
        {
            means[i] = series.Take(trainLength).Average(time => time[i]);
            var deviation = Math.Sqrt(series.Take(trainLength).Average(time => (time[i] - means[i]) * (time[i] - means[i])));
            scales[i] = deviation > 0 ? deviation : 1;
            for (var t = 0; t < series.Count; t++)
            {
                values[(t * InputSize) + i] = (float)((series[t][i] - means[i]) / scales[i]);
            }
        }

        (Means, Scales) = (means, scales);
        Baseline = TestError((_, _) => 0);
        PersistenceError = TestError((t, i) => values[((t - horizon) * InputSize) + i]);
    }

    /// <inheritdoc/>
    public override string Name => $"{title}, {Horizon} ahead, T = {SequenceLength}";

    /// <inheritdoc/>
    public override int SequenceLength { get; }

    /// <summary>How many times after the last one shown the answer lies.</summary>
    public int Horizon { get; }

    /// <summary>Values at each time.</summary>
    public override int InputSize { get; }

    /// <summary>As many as inputs.</summary>
    public override int OutputSize => InputSize;

    /// <inheritdoc/>
    public override bool EveryStep { get; }

    /// <inheritdoc/>
    public override Loss Loss { get; } = new MeanSquaredError();

    /// <summary>The mean squared error over the test part of who always answers with the mean of the training part.</summary>
    public override double Baseline { get; }

    /// <summary>The mean squared error over the test part of who answers with the last value seen.</summary>
    public double PersistenceError { get; }

    /// <summary>What was subtracted from each value.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>By what each value was divided then.</summary>
    public IReadOnlyList<double> Scales { get; }

    /// <summary>The whole series as the task shows it, [times, values]; training sees the first <see cref="TrainLength"/>.</summary>
    public Tensor Series() => Tensor.From(values, values.Length / InputSize, InputSize);

    /// <summary>Times of the part that training sees.</summary>
    public int TrainLength => trainLength;

    private protected override void Draw(Batch batch, RandomSource random) => Draw(batch, random, 0, trainLength);

    private protected override void DrawTest(Batch batch, RandomSource random) => Draw(batch, random, trainLength, values.Length / InputSize);

    private void Draw(Batch batch, RandomSource random, int first, int end)
    {
        var targets = batch.Targets ?? throw new ArgumentException($"A series asks for values, but the batch is: {batch}.");
        targets.RequireShape("The targets", EveryStep ? [SequenceLength, batch.Size, OutputSize] : [batch.Size, OutputSize]);
        for (var b = 0; b < batch.Size; b++)
        {
            var start = first + random.NextInt(end - first - SequenceLength - Horizon + 1);
            for (var t = 0; t < SequenceLength; t++)
            {
                At(start + t).CopyTo(batch.Inputs.Slice(t)[(b * InputSize)..]);
                if (EveryStep)
                {
                    At(start + t + Horizon).CopyTo(targets.Slice(t)[(b * InputSize)..]);
                }
            }

            if (!EveryStep)
            {
                At(start + SequenceLength - 1 + Horizon).CopyTo(targets.Slice(b));
            }
        }
    }

    private ReadOnlySpan<float> At(int time) => values.AsSpan(time * InputSize, InputSize);

    /// <summary>Over every time of the test part that has its last value seen there too.</summary>
    private double TestError(Func<int, int, float> answer)
    {
        var (sum, count) = (0.0, 0);
        for (var t = trainLength + Horizon; t < values.Length / InputSize; t++)
        {
            for (var i = 0; i < InputSize; i++, count++)
            {
                var difference = (double)answer(t, i) - values[(t * InputSize) + i];
                sum += difference * difference;
            }
        }

        return sum / count;
    }
}
