namespace RnnBook;

/// <summary>
/// What happens to the gradient while a network learns? On the adding problem of 100 steps, every 50 updates: test error, the gradient at the first
/// step over that at the last, and the largest Lyapunov exponent of the state's Jacobians (B1; why a start of 0.8·I learns).
/// </summary>
public sealed class DynamicsStudy : Study
{
    private const int Length = 100, Updates = 3000, Seeds = 20;

    /// <summary>The networks with their rates; input weights N(0, 0.2²).</summary>
    public static IReadOnlyList<(string Net, double Rate)> Nets { get; } =
        [("IRNN", 1e-3), ("0.9·I", 3e-3), ("0.8·I", 3e-3), ("ReLU, Gaussian", 1e-3), ("tanh, orthogonal", 1e-3), ("tanh, Gaussian", 1e-3)];

    /// <inheritdoc/>
    public override string Name => "dynamics";

    /// <inheritdoc/>
    public override string Question => "What happens to the gradient, and to the Lyapunov exponent, while a network learns?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["B1"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from net in Nets
           from seed in Enumerable.Range(0, Seeds)
           select new RunKey(("net", net.Net), ("rate", net.Rate), ("seed", 1000UL + (ulong)seed)),
    ];

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var random = new RandomSource(key.Seed);
        var rnn = key.Text("net") == "0.8·I"
            ? new Rnn(2, RaceStudy.HiddenSize, Activation.Relu, random).StartFrom(random, Initializer.Identity(0.8f), Initializer.Gaussian(0.2f))
            : (Rnn)Contestant.Named(key.Text("net")).Make(2, RaceStudy.HiddenSize, "σ 0.2", Length, random);
        var (task, model) = (new AddingProblem(Length), new SequenceModel(rnn, new Linear(RaceStudy.HiddenSize, 1, random)));
        var probe = task.TestBatch(RaceStudy.BatchSize, 0x7E57);
        var (kept, exponents) = (new List<(double, double)>(), new List<(double, double)>());
        var trainer = new Trainer(model, task, new Adam((float)key.Number("rate")))
        {
            BatchSize = RaceStudy.BatchSize,
            ClipNorm = 1,
            Seed = key.Seed,
            EvaluateEvery = 50,
            TestSize = 128,
        };
        var history = Training.Run(trainer, Updates, watch with
        {
            Progress = point =>
            {
                watch.Progress?.Invoke(point);
                if (point.Update % 100 == 0)
                {
                    var norms = GradientFlow.Measure(model, probe, task.Loss).MeanNorms[0];
                    kept.Add((point.Update, Math.Log10(norms[0] / norms[^1])));
                    exponents.Add((point.Update, LyapunovExponents.Measure(rnn, probe.Inputs, count: 1).Largest));
                }
            },
        });
        var outcome = Training.Outcome(history);
        return outcome with
        {
            Measures =
            [
                .. outcome.Measures, ("log10-kept-start", kept[0].Item2), ("log10-kept-most", kept.Max(point => point.Item2)),
                ("exponent-start", exponents[0].Item2), ("exponent-end", exponents[^1].Item2),
            ],
            Curves = [.. outcome.Curves, new RunCurve("log10-kept", kept), new RunCurve("exponent", exponents)],
        };
    }
}
