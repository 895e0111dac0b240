using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// Who learns to add, how fast, how well, and up to which length? Every contestant may tune its start and its learning rate on two
/// developing seeds at each length, then runs with the best setting on twenty confirming seeds. No early stop.
/// </summary>
public sealed class RaceStudy : Study
{
    /// <summary>Hidden units, sequences in a batch, updates of every run.</summary>
    public const int HiddenSize = 32, BatchSize = 16, Updates = 3000;

    /// <summary>How many confirming seeds a contestant has at each length.</summary>
    public const int Seeds = 20;

    /// <summary>The sequence lengths T at which all contestants race.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [50, 100, 150, 200];

    /// <summary>Lengths at which only the identity and tanh are asked for (P4, B1).</summary>
    public static IReadOnlyList<int> LengthsBetween { get; } = [20, 300, 400];

    internal static readonly Tuning Settings = new(["T", "net"], Tuning.LogMean) { Hopeless = Tuning.NearBaseline };

    /// <inheritdoc/>
    public override string Name => "race";

    /// <inheritdoc/>
    public override string Question => "Who learns to add, how fast, how well, and up to which length?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["B1", "C2", "C8", "C9a", "C10", "P4", "P6", "P12"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return [.. Lengths.Concat(LengthsBetween).SelectMany(length => PlanLength(recorded, length, Racing(length)))];
    }

    /// <inheritdoc/>
    public override Tuning Tuning => Settings;

    /// <inheritdoc/>
    public override double Cost(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var gates = key.Text("net") switch
        {
            "LSTM" => 4,
            "GRU" => 3,
            _ => 1,
        };
        return key.Number("T") * gates;
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        return Training.Outcome(Training.Run(Trainer(key), Updates, watch));
    }

    /// <summary>The training behind a key, so that a cell can change it.</summary>
    /// <param name="key">net, start, T, rate, seed.</param>
    public static Trainer Trainer(RunKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (length, random) = (key.Whole("T"), new RandomSource(key.Seed));
        var layer = Contestant.Named(key.Text("net")).Make(2, HiddenSize, key.Text("start"), length, random);
        var model = new SequenceModel(layer, new Linear(HiddenSize, 1, random));
        return new Trainer(model, new AddingProblem(length), new Adam((float)key.Number("rate")))
        {
            BatchSize = BatchSize,
            ClipNorm = 1,
            Seed = key.Seed,
            EvaluateEvery = 50,
            TestSize = 128,
        };
    }

    /// <summary>The setting that a contestant was given at a length: that with the smallest mean of <see cref="Tuning.LogMean"/>.</summary>
    /// <returns>Start and rate; null while tuning is not complete.</returns>
    public static (string Start, double Rate)? Chosen(StudyResults recorded, string net, int length)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return Settings.Chosen(recorded, Invariant($"{length}"), net) is { } best ? (best.Text("start"), best.Number("rate")) : null;
    }

    /// <summary>Confirming runs of a contestant at a length, by seed.</summary>
    public static IReadOnlyList<RunRecord> Confirming(StudyResults recorded, string net, int length)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Confirming(key => key.Text("net") == net && key.Whole("T") == length);
    }

    private static IReadOnlyList<Contestant> Racing(int length) => Lengths.Contains(length)
        ? Contestant.All
        : [.. Contestant.All.Where(net => net.Name is "IRNN" or "tanh, orthogonal" or "tanh, Gaussian")];

    /// <summary>
    /// The runs that a length asks for at this stage: those of tuning, and once these are there the confirming ones too. A contestant that
    /// does not learn (error above 0.9 of the baseline on average) does not make the grid grow.
    /// </summary>
    internal static IReadOnlyList<RunKey> PlanLength(StudyResults recorded, int length, IReadOnlyList<Contestant> nets)
    {
        var starts = from net in nets from start in net.Starts select Key(net.Name, start, length);
        return Settings.ThenConfirmed(recorded, starts, Seeds, FirstSeed(length), GridAxis.Rate(1e-3, 1e-2));
    }

    /// <summary>The first confirming seed: at 50 and at 200 steps those from 1000 on were used when the rates ended at 0.1.</summary>
    private static ulong FirstSeed(int length) => length is 50 or 200 ? 2000UL : 1000;

    private static RunKey Key(string net, string start, int length) =>
        new(("T", length), ("net", net), ("start", start), ("rate", 0), ("seed", 1));
}
