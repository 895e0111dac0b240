namespace RnnBook.Tests;

/// <summary>A training run of microseconds an update, always the same for the same arguments.</summary>
internal sealed class TinyTraining
{
    private readonly int length;
    private readonly int batchSize;

    public TinyTraining(
        string optimizer, int threads, ulong seed = 5, int units = 6, int length = 8, int batchSize = 16, Activation? activation = null,
        StateGradientClip? clip = null)
    {
        var random = new RandomSource(seed);
        RecurrentLayer[] layers = [new Rnn(2, units, activation ?? Activation.Relu, random) { StateGradientClip = clip }, new Lstm(units, 5, random)];
        Model = new SequenceModel(layers, new Linear(5, 1, random)) { Threads = threads };
        Optimizer = optimizer switch
        {
            "sgd" => new Sgd(0.01f),
            "momentum" => new Sgd(0.01f, 0.9f),
            "rmsprop" => new RmsProp(0.003f),
            "adamw" => new AdamW(0.01f),
            _ => new Adam(0.01f),
        };
        (this.length, this.batchSize) = (length, batchSize);
    }

    public SequenceModel Model { get; }

    public Optimizer Optimizer { get; }

    public Trainer Trainer(string? file = null, int every = 1000, double? target = null, LearningRateSchedule? schedule = null) => new(Model, new AddingProblem(length), Optimizer)
    {
        BatchSize = batchSize,
        EvaluateEvery = 10,
        TestSize = 32,
        ClipNorm = 1,
        CheckpointFile = file,
        CheckpointEvery = every,
        Schedule = schedule,
        StopAtTestError = target,
    };

    public float[] Weights() => [.. Model.Parameters.SelectMany(parameter => parameter.Value.Span.ToArray())];

    /// <summary>All that a run leaves behind, to the bit; only its seconds are not the same every time.</summary>
    public IReadOnlyList<long> Bits(TrainingHistory history) =>
    [
        .. Weights().Select(value => (long)BitConverter.SingleToInt32Bits(value)),
        .. Optimizer.States.SelectMany(entry => Model.Parameters.SelectMany(parameter => entry.State.Of(parameter).Span.ToArray()))
            .Select(value => (long)BitConverter.SingleToInt32Bits(value)),
        .. history.Losses.Concat(history.GradientNorms).Select(BitConverter.DoubleToInt64Bits),
        .. history.Points.SelectMany(point => new[] { point.Update, point.TestError, point.GradientNorm, point.TrainLoss }).Select(BitConverter.DoubleToInt64Bits),
    ];
}
