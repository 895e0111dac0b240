namespace RnnBook;

/// <summary>
/// What do gates and shortcuts do for learning? An LSTM whose gates are taken away one by one, a plain network with a shortcut, and the LSTM beside
/// the GRU on three tasks. Each net gets its best start and rate on two developing seeds, then runs on twenty confirming ones where shares decide, else on ten
/// (B5, B13, E5, E8).
/// </summary>
public sealed class GatesStudy : Study
{
    private const int BatchSize = 16;

    private static readonly string[] Gated = ["b 1", "chrono"];
    private static readonly MackeyGlass Series = new(40, horizon: 20);

    /// <summary>The LSTM and what is left of it, by the gates that are pinned: open (1 at every step) or closed (0).</summary>
    public static IReadOnlyList<(string Name, (LstmGate Gate, bool Open)[] Pins)> Ablations { get; } =
    [
        ("LSTM", []),
        ("no input gate", [(LstmGate.Input, true)]),
        ("no forget gate", [(LstmGate.Forget, true)]),
        ("no output gate", [(LstmGate.Output, true)]),
        ("no gates", [(LstmGate.Input, true), (LstmGate.Forget, true), (LstmGate.Output, true)]),
        ("no road", [(LstmGate.Input, true), (LstmGate.Forget, false), (LstmGate.Output, true)]),
    ];

    /// <inheritdoc/>
    public override string Name => "gates";

    /// <inheritdoc/>
    public override string Question => "What do an LSTM's gates do for learning, what does a shortcut, and is the GRU as good?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["B5", "B13", "E5", "E8"];

    /// <summary>Every net on its tasks, with the starts that it may choose among.</summary>
    public static IReadOnlyList<(string Task, string Net, string[] Starts)> Entries { get; } =
    [
        .. Ablations.Select(ablation => ("adding", ablation.Name, ablation.Pins.Length == 3 ? ["usual"] : Gated)),
        ("adding", "tanh", ["Gaussian", "orthogonal"]),

        // With h_t = h_{t−1} + f(…) the identity is built in: small recurrent weights keep the Jacobian near it.
        ("adding", "tanh, residual", ["gain 0.1", "gain 0.1, σ 0.02", "gain 1"]),
        ("copy", "LSTM", Gated), ("copy", "GRU", ["usual", "chrono"]), ("copy", "tanh", ["orthogonal"]),
        ("series", "LSTM", Gated), ("series", "GRU", ["usual", "chrono"]),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from entry in Entries
           let starts = entry.Starts.Select(start => Key(entry.Task, entry.Net, start))
           from key in Tuning.ThenConfirmed(recorded, starts, entry.Task == "adding" ? 20 : 10, 1000, Rates(entry.Task))
           select key,
    ];

    /// <inheritdoc/>
    public override Tuning Tuning => ByMean;

    private static Tuning ByMean { get; } = new(["task", "net"], Tuning.LogMean) { Hopeless = Tuning.NearBaseline };

    /// <summary>The start and rate with the smallest mean logarithm of the test error over the run; null without tuning runs.</summary>
    public static (string Start, double Rate)? Chosen(StudyResults recorded, string task, string net)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return ByMean.Chosen(recorded, task, net) is { } best ? (best.Text("start"), best.Number("rate")) : null;
    }

    /// <summary>Confirming runs of a net on a task, by seed.</summary>
    public static IReadOnlyList<RunRecord> Confirming(StudyResults recorded, string task, string net)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Confirming(key => key.Text("task") == task && key.Text("net") == net);
    }

    /// <inheritdoc/>
    public override double Cost(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Text("net").StartsWith("tanh", StringComparison.Ordinal) ? 1 : 4;
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var history = Training.Run(Trainer(key), key.Text("task") == "copy" ? 1500 : 1000, watch);
        var outcome = Training.Outcome(history);
        return outcome with { Measures = [.. outcome.Measures, ("accuracy", double.IsNaN(history.Last.Accuracy) ? 0 : history.Last.Accuracy)] };
    }

    /// <summary>The training behind a key, so that a cell can change it.</summary>
    /// <param name="key">task, net, start, rate, seed.</param>
    public static Trainer Trainer(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        SequenceTask task = key.Text("task") switch
        {
            "copy" => new CopyMemory(delay: 20, symbols: 8, length: 3), // as in the study "copy"
            "series" => Series,
            _ => new AddingProblem(50),
        };
        var units = key.Text("task") == "copy" ? 64 : 32;
        var random = new RandomSource(key.Seed);
        var layer = Layer(key.Text("net"), key.Text("start"), task, units, random);
        return new Trainer(new SequenceModel(layer, new Linear(units, task.OutputSize, random), task.EveryStep), task, new Adam((float)key.Number("rate")))
        {
            BatchSize = BatchSize,
            ClipNorm = 1,
            Seed = key.Seed,
            EvaluateEvery = 50,
            TestSize = 128,
        };
    }

    private static RecurrentLayer Layer(string net, string start, SequenceTask task, int units, RandomSource random)
    {
        if (net == "GRU")
        {
            return Contestant.Named("GRU").Make(task.InputSize, units, start, task.SequenceLength, random);
        }

        if (net.StartsWith("tanh", StringComparison.Ordinal))
        {
            var recurrent = start switch
            {
                "orthogonal" => Initializer.Orthogonal(),
                "gain 0.1" or "gain 0.1, σ 0.02" => Initializer.GaussianScaled(0.1f),
                _ => Initializer.GaussianScaled(),
            };
            return new Rnn(task.InputSize, units, Activation.Tanh, random) { Residual = net == "tanh, residual" }
                .StartFrom(random, recurrent, Initializer.Gaussian(start.EndsWith("σ 0.02", StringComparison.Ordinal) ? 0.02f : 0.2f));
        }

        var lstm = new Lstm(task.InputSize, units, random);
        if (start != "usual")
        {
            _ = start == "chrono" ? lstm.SetChronoBiases(random, task.SequenceLength) : lstm.SetForgetBias(1);
        }

        foreach (var (gate, open) in Ablations.First(ablation => ablation.Name == net).Pins)
        {
            lstm.Pin(gate, open);
        }

        return lstm;
    }

    private static GridAxis Rates(string task) => task == "adding" ? GridAxis.Rate(3e-4, 0.3) : GridAxis.Rate(3e-3, 0.1);

    private static RunKey Key(string task, string net, string start) =>
        new(("task", task), ("net", net), ("start", start), ("rate", 0), ("seed", 1));
}
