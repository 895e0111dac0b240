namespace RnnBook;

/// <summary>
/// Article E's CharRNN reads a text letter by letter, with ReLU and with tanh, by Adam and by plain gradient descent, with and without a clip:
/// who says better what comes next, who comes apart (P8, P9, A11), and do units follow what a reader could name (E13)?
/// </summary>
/// <remarks>
/// Each net may tune its start (two each) and its rate (four) on two developing seeds, for each optimizer and clip, then runs
/// twenty fresh ones, on the sources ten; ReLU from each start. The text is
/// Tiny Shakespeare; for the units, which need quotes and brackets, <see cref="TextCorpus.Sources"/>. Both are named with the first eight digits of
/// their SHA-256. The text is read in its order, and the state goes on from batch to batch.
/// </remarks>
public sealed class LettersStudy : Study
{
    /// <summary>Units of the layer, letters of a sequence, sequences in a batch, updates of every run.</summary>
    public const int HiddenSize = 64, Length = 50, BatchSize = 16, Updates = 800;

    /// <summary>How the texts are named in keys.</summary>
    public const string Shakespeare = "Tiny Shakespeare 86c4e6aa", Sources = "C# sources e2e20e7e";

    private const int HeldOut = 20_000;

    private static readonly double[] AdamRates = [1e-3, 3e-3, 1e-2, 3e-2], SgdRates = [0.1, 0.3, 1, 3];

    /// <summary>The networks, by their activation.</summary>
    public static IReadOnlyList<string> Nets { get; } = ["ReLU", "tanh"];

    /// <summary>The optimizers.</summary>
    public static IReadOnlyList<string> Optimizers { get; } = ["Adam", "SGD"];

    /// <inheritdoc/>
    public override string Name => "letters";

    /// <inheritdoc/>
    public override string Question => "Which letter comes next: ReLU against tanh, with a clip and without, and what do the units follow?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["P8", "P9", "E13", "A11"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var cases = (from net in Nets
                     from optimizer in Optimizers
                     from clip in Clips(net)
                     select (net, optimizer, clip)).ToList();
        var tuning = (from c in cases
                      from start in Starts(c.net)
                      from rate in Rates(c.optimizer)
                      from seed in new ulong[] { 1, 2 }
                      select Key(Shakespeare, c.net, c.optimizer, c.clip, start, rate, seed)).ToList();
        if (!tuning.All(recorded.Contains))
        {
            return tuning;
        }

        var chosen = cases.SelectMany(c => (c.net == "ReLU" ? Starts(c.net) : new string?[] { null })
            .Select(start => Chosen(recorded, c.net, c.optimizer, c.clip, start)!))

            // And the settings of ReLU that are best with a clip, without it.
            .SelectMany(key => Clips(key.Text("net")).Contains("none") ? [key, key.With("clip", "none")] : new[] { key })
            .Concat(Nets.Select(net => Chosen(recorded, net, "Adam", "1")!.With("text", Sources)));
        return [.. tuning, .. chosen.Distinct().SelectMany(key => Enumerable.Range(0, Seeds(key)).Select(i => key.With("seed", 1000 + i)))];
    }

    /// <inheritdoc/>
    public override Tuning Tuning => ByBits;

    private static Tuning ByBits { get; } = new(["net", "optimizer", "clip"], run => Math.Min(run["bits"], 10));

    /// <summary>The best setting of a net, by the mean loss at the end of its tuning runs, with seed 1; null without such runs.</summary>
    /// <param name="recorded">The study's runs.</param>
    /// <param name="net">"ReLU" or "tanh".</param>
    /// <param name="optimizer">"Adam" or "SGD".</param>
    /// <param name="clip">"1" or "none".</param>
    /// <param name="start">Only this start; null: the better one.</param>
    public static RunKey? Chosen(StudyResults recorded, string net, string optimizer, string clip, string? start = null)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return ByBits.Chosen(recorded.Where(r => r.Key.Text("text") == Shakespeare && (start is null || r.Key.Text("start") == start)), net, optimizer, clip);
    }

    /// <summary>The confirming runs of a setting, by seed.</summary>
    public static IReadOnlyList<RunRecord> Confirming(StudyResults recorded, RunKey setting)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(setting);
        var key = setting.Without("seed");
        return recorded.Confirming(run => run.Without("seed").Equals(key));
    }

    /// <summary>The network of a key as it starts.</summary>
    /// <param name="key">net, start, seed.</param>
    /// <param name="letters">Different letters of the text.</param>
    public static CharRnn Start(RunKey key, int letters)
    {
        ArgumentNullException.ThrowIfNull(key);
        var random = new RandomSource(key.Seed);
        var net = new CharRnn(letters, HiddenSize, letters, 1, GradientMapStudy.Function(key.Text("net")), random, everyStep: true);
        Initializer? recurrent = key.Text("start") switch
        {
            "identity" => Initializer.Identity(),
            "orthogonal" => Initializer.Orthogonal(),
            _ => null,
        };
        if (recurrent is not null)
        {
            // The embedding's numbers are about 1, so that the pre-activations begin about as large as those of PyTorch's start.
            net.Layers[0].StartFrom(random, recurrent, Initializer.Gaussian(0.05f));
        }

        return net;
    }

    /// <summary>The training behind a key, so that a cell can change it.</summary>
    public static Trainer Trainer(RunKey key, CharRnn net, CharacterText task)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(net);
        var rate = (float)key.Number("rate");
        return new Trainer(net.Model, task, key.Text("optimizer") == "Adam" ? new Adam(rate) : new Sgd(rate))
        {
            BatchSize = BatchSize,
            ClipNorm = key.Text("clip") == "none" ? null : 1,
            CarryState = true,
            Seed = key.Seed,
            EvaluateEvery = 100,
            TestSize = 160,
        };
    }

    /// <summary>The text of a key as a task of its own: a stream counts its draws.</summary>
    /// <exception cref="FileNotFoundException">Tiny Shakespeare is asked for and not present.</exception>
    public static CharacterText Task(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new CharacterText(Text(key), Length, mostSymbols: 96, oneHot: false, stream: true);
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var task = Task(key);
        var net = Start(key, task.Alphabet.Length);
        var history = Training.Run(Trainer(key, net, task), Updates, watch);
        var diverged = history.Outcome == TrainingOutcome.Diverged;
        var bits = diverged ? double.PositiveInfinity : Bits(history.Last.TestError);
        return new RunOutcome(diverged ? "diverged" : bits >= Bits(task.Baseline) ? "came apart" : "learned")
        {
            Updates = history.Updates,
            Measures =
            [
                ("bits", bits), ("bits-single", Bits(task.Baseline)), ("bits-pairs", Bits(task.PairBaseline())),
                ("seconds-an-update", history.Seconds / Math.Max(1, history.Updates)),
                .. diverged || key.Text("text") != Sources || watch.MostUpdates is not null ? [] : UnitMeasures(net, Start(key, task.Alphabet.Length), task),
            ],
            Head = RunOutcome.HeadOf(history.Losses),
            Curves = [new RunCurve("bits", [.. history.Points.Select(p => ((double)p.Update, Bits(p.TestError)))])],
        };
    }

    /// <summary>The layer's states while it reads the end of the sources, which training never sees.</summary>
    /// <returns>[T, 1, H] and the text, T letters.</returns>
    public static (Tensor States, string Text) ReadHeldOut(CharRnn net, CharacterText task)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(task);
        var text = TextCorpus.Sources[^HeldOut..];
        net.Model.Forward(task.Ids(text));
        return (net.Layers[^1].States, text);
    }

    /// <summary>Of the trained net and of the same net before training: how well the best unit follows each feature, and the share of units that follow any.</summary>
    private static IEnumerable<(string, double)> UnitMeasures(CharRnn trained, CharRnn untrained, CharacterText task)
    {
        foreach (var (net, ending) in new[] { (trained, ""), (untrained, ", untrained") })
        {
            var (states, text) = ReadHeldOut(net, task);
            var features = TextFeature.All.Select(feature => feature.Of(text)).ToList();
            foreach (var (feature, values) in TextFeature.All.Zip(features))
            {
                yield return (feature.Name + ending, Math.Abs(UnitTracking.Best(states, values).Correlation));
            }

            var all = features.Select(values => UnitTracking.Correlations(states, values)).ToList();
            yield return ("units that follow one" + ending,
                (double)Enumerable.Range(0, HiddenSize).Count(unit => all.Any(r => Math.Abs(r[unit]) >= 0.5)) / HiddenSize);
        }
    }

    private static string[] Starts(string net) => net == "ReLU" ? ["usual", "identity"] : ["usual", "orthogonal"];

    /// <summary>The bounds of the gradients' global norm that a net is tried with.</summary>
    private static string[] Clips(string net) => net == "ReLU" ? ["1", "none"] : ["1"];

    private static string Text(RunKey key) => key.Text("text") switch
    {
        Shakespeare => TextCorpus.TinyShakespeare(),
        Sources => TextCorpus.Sources,
        var other => throw new ArgumentException($"There is no text \"{other}\": there are {Shakespeare} and {Sources}."),
    };

    private static double Bits(double nats) => nats / Math.Log(2);

    /// <summary>Twenty confirming seeds; ten for the units, where each network is a sample of many.</summary>
    private static int Seeds(RunKey key) => key.Text("text") == Sources ? 10 : 20;

    private static double[] Rates(string optimizer) => optimizer == "Adam" ? AdamRates : SgdRates;

    private static RunKey Key(string text, string net, string optimizer, string clip, string start, double rate, ulong seed) => new(
        ("text", text), ("net", net), ("optimizer", optimizer), ("clip", clip), ("start", start), ("rate", rate), ("seed", seed));
}
