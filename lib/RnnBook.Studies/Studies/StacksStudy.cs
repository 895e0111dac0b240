namespace RnnBook;

/// <summary>
/// Does a deeper recurrent network do worse, and do its activations explode or vanish? Stacks of 1, 2 and 4 plain layers read numbers written
/// out in English, with tanh and with ReLU, from the usual start and from one that keeps the size of the activations; each at its best rate (P7).
/// </summary>
public sealed class StacksStudy : Study
{
    private const int HiddenSize = 32, BatchSize = 16, Length = 16, Updates = 600, Seeds = 10;

    private static readonly string Numbers = HumanNumbers.Text();

    /// <summary>The activations.</summary>
    public static IReadOnlyList<string> Nets { get; } = ["tanh", "ReLU"];

    /// <summary>"usual": uniform in ±1/√H; "scaled": input and recurrent weights share the variance that keeps the activations' size.</summary>
    public static IReadOnlyList<string> Starts { get; } = ["usual", "scaled"];

    /// <summary>Numbers of layers.</summary>
    public static IReadOnlyList<int> Depths { get; } = [1, 2, 4];

    /// <inheritdoc/>
    public override string Name => "stacks";

    /// <inheritdoc/>
    public override string Question => "Does a deeper recurrent network do worse because its activations explode or vanish?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["P7"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. Tuning.ThenConfirmed(
            recorded,
            from net in Nets from start in Starts from depth in Depths select Key(net, start, depth),
            Seeds,
            1000,
            GridAxis.Rate(3e-4, 3e-2)),
    ];

    /// <inheritdoc/>
    public override Tuning Tuning { get; } = new(["net", "start", "depth"], Tuning.LogMean) { Hopeless = Tuning.NearBaseline };

    /// <summary>Confirming runs of a stack, by seed.</summary>
    public static IReadOnlyList<RunRecord> Confirming(StudyResults recorded, string net, string start, int depth)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Confirming(key => key.Text("net") == net && key.Text("start") == start && key.Whole("depth") == depth);
    }

    /// <inheritdoc/>
    public override double Cost(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Number("depth") + 0.5;
    }

    /// <summary>Plain layers, one above the other.</summary>
    /// <param name="activation">tanh or ReLU.</param>
    /// <param name="start">One of <see cref="Starts"/>.</param>
    /// <param name="depth">Layers.</param>
    /// <param name="inputs">Inputs of the first layer, of which one is 1 and the others 0 for the scaled start to be right.</param>
    /// <param name="units">H.</param>
    /// <param name="random">For the weights.</param>
    public static IReadOnlyList<Rnn> Stack(Activation activation, string start, int depth, int inputs, int units, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(activation);
        var layers = Enumerable.Range(0, depth).Select(layer => new Rnn(layer == 0 ? inputs : units, units, activation, random)).ToList();
        if (start == "scaled")
        {
            // Half of a pre-activation's variance from below, half from the state; ReLU halves the mean square, which doubles the variance.
            var gain = activation == Activation.Relu ? 1 : (float)Math.Sqrt(0.5);
            foreach (var (at, layer) in layers.Index())
            {
                layer.StartFrom(random, Initializer.GaussianScaled(gain), at == 0 ? Initializer.Gaussian(gain) : Initializer.GaussianScaled(gain));
            }
        }

        return layers;
    }

    /// <summary>
    /// Trains a stack. Measured besides the usual: log10 of the last layer's root mean square over the first layer's, before and after, on unseen
    /// text, and log10 of how much of the top layer's gradient reaches the first, before.
    /// </summary>
    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var task = new CharacterText(Numbers, Length, testShare: 0.2);
        var random = new RandomSource(key.Seed);
        var layers = Stack(key.Text("net") == "ReLU" ? Activation.Relu : Activation.Tanh, key.Text("start"), key.Whole("depth"), task.InputSize, HiddenSize, random);
        var model = new SequenceModel([.. layers], new Linear(HiddenSize, task.OutputSize, random), task.EveryStep);
        var probe = task.TestBatch(BatchSize, 0x7E57);
        var gradients = GradientFlow.Measure(model, probe, task.Loss).TotalNorms;
        var before = ActivationGrowth(model, probe);
        var trainer = new Trainer(model, task, new Adam((float)key.Number("rate")))
        {
            BatchSize = BatchSize,
            ClipNorm = 1,
            Seed = key.Seed,
            EvaluateEvery = 25,
            TestSize = 128,
        };
        var history = Training.Run(trainer, Updates, watch);
        var outcome = Training.Outcome(history);
        return outcome with
        {
            Class = outcome.Class == "diverged" ? "diverged" : "trained",
            Measures =
            [
                .. outcome.Measures, ("accuracy", double.IsNaN(history.Last.Accuracy) ? 0 : history.Last.Accuracy), ("growth-start", before),
                ("growth-end", outcome.Class == "diverged" ? double.PositiveInfinity : ActivationGrowth(model, probe)),
                ("log10-gradient", Math.Log10(Norm(gradients[0]) / Norm(gradients[^1]))),
            ],
        };
    }

    private static double ActivationGrowth(SequenceModel model, Batch batch)
    {
        model.Forward(batch);
        return Math.Log10(GradientMapStudy.Norm(model.Layers[^1].States.Span) / GradientMapStudy.Norm(model.Layers[0].States.Span));
    }

    private static double Norm(double[] norms) => Math.Sqrt(norms.Sum(norm => norm * norm));

    private static RunKey Key(string net, string start, int depth) =>
        new(("net", net), ("start", start), ("depth", depth), ("rate", 0), ("seed", 1));
}
