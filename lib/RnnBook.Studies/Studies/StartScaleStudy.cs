namespace RnnBook;

/// <summary>
/// How far may the first recurrent matrix of a ReLU network be from keeping lengths before numbers get out of hand? Gaussian starts of rising
/// gain beside the identity, on the adding problem of 100 steps (C2).
/// </summary>
public sealed class StartScaleStudy : Study
{
    private const int Seeds = 20;

    /// <summary>Gains of the Gaussian starts: entries have the standard deviation gain/√H, so that the spectral radius is about the gain.</summary>
    public static IReadOnlyList<double> Gains { get; } = [0.5, 0.7, 1, 1.4, 2, 2.8, 4];

    /// <inheritdoc/>
    public override string Name => "start-scale";

    /// <inheritdoc/>
    public override string Question => "From which recurrent start do the numbers of a ReLU network stay in hand?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["C2"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from start in Gains.Select(gain => ("Gaussian", gain)).Prepend(("identity", 1.0))
           from seed in Enumerable.Range(0, Seeds)
           select new RunKey(("start", start.Item1), ("gain", start.Item2), ("seed", 1000UL + (ulong)seed)),
    ];

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var random = new RandomSource(key.Seed);
        var recurrent = key.Text("start") == "identity" ? Initializer.Identity() : Initializer.GaussianScaled((float)key.Number("gain"));
        var layer = new Rnn(2, RaceStudy.HiddenSize, Activation.Relu, random).StartFrom(random, recurrent, Initializer.Gaussian(0.2f));
        var trainer = new Trainer(new SequenceModel(layer, new Linear(RaceStudy.HiddenSize, 1, random)), new AddingProblem(100), new Adam(1e-3f))
        {
            BatchSize = RaceStudy.BatchSize,
            ClipNorm = 1,
            Seed = key.Seed,
            EvaluateEvery = 50,
            TestSize = 128,
        };
        return Training.Outcome(Training.Run(trainer, 1500, watch));
    }
}
