namespace RnnBook;

/// <summary>
/// How small can a trained net be made, and is it ReLU that allows it? Nets of 196, 128 and 10 units, ReLU (He's start) and tanh (Glorot's),
/// learn drawn digits; then the weights are pruned by size to a share, with and without training the rest a little more, and rounded to
/// int8 (D14).
/// </summary>
public sealed class CompressionStudy : Study
{
    private const int Units = 128, BatchSize = 32, Updates = 1000, MoreUpdates = 300, Seeds = 20;

    /// <summary>The activations.</summary>
    public static IReadOnlyList<string> Nets { get; } = ["ReLU", "tanh"];

    /// <summary>Shares of the weights that stay.</summary>
    public static IReadOnlyList<double> Kept { get; } = [0.5, 0.3, 0.2, 0.1, 0.05];

    /// <inheritdoc/>
    public override string Name => "compression";

    /// <inheritdoc/>
    public override string Question => "How small can a trained net be made by pruning and by int8, and is it ReLU that allows it?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["D14"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from net in Nets
           from seed in Enumerable.Range(0, Seeds).Select(i => 1000UL + (ulong)i).Prepend(2UL).Prepend(1UL)
           select new RunKey(("net", net), ("seed", seed)),
    ];

    /// <summary>Confirming runs of a net, by seed.</summary>
    public static IReadOnlyList<RunRecord> Confirming(StudyResults recorded, string net)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Confirming(key => key.Text("net") == net);
    }

    /// <summary>A net that has learned drawn digits of 14 × 14 pixels, seen whole.</summary>
    /// <param name="net">"ReLU" or "tanh".</param>
    /// <param name="units">Hidden units.</param>
    /// <param name="seed">Of weights and digits.</param>
    /// <param name="updates">How long it learns.</param>
    public static FeedForward Trained(string net, int units, ulong seed, int updates)
    {
        ArgumentNullException.ThrowIfNull(net);
        var random = new RandomSource(seed);
        var f = GradientMapStudy.Function(net);
        var made = new FeedForward([DigitNet.Pixels, units, DigitNet.Classes], f, random)
            .StartFrom(random, f is Relu ? Initializer.HeNormal() : Initializer.GlorotNormal());
        Train(made, new RandomSource(seed + 7), updates, []);
        return made;
    }

    /// <summary>Share of 1000 unseen digits that a net gets right.</summary>
    public static double Accuracy(FeedForward net)
    {
        ArgumentNullException.ThrowIfNull(net);
        var task = DigitNet.Task();
        return DigitNet.Accuracy(task, net, task.TestBatch(1000, 0x7E57));
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var updates = Math.Min(Updates, watch.MostUpdates ?? Updates);
        var net = Trained(key.Text("net"), Units, key.Seed, updates);
        Tensor[] trained = [.. net.Parameters.Select(p => p.Value.Copy())];
        var dense = Accuracy(net);
        var weights = net.Layers.Sum(layer => layer.Weight.Value.Count);
        var test = DigitNet.Task().TestBatch(1000, 0x7E57);
        net.Forward(test.Inputs);
        var measures = new List<(string, double)>
        {
            ("accuracy", dense), ("bytes", Bytes(net, asBytes: false)),
            ("zero-values", Activity.Measure(net.States[0]).Sparsity),
            ("zero-weights", net.Layers.Sum(layer => Zeros(layer.Weight.Value)) / (double)weights),
        };
        foreach (var kept in Kept)
        {
            watch.Cancellation.ThrowIfCancellationRequested();
            Restore(net, trained);
            bool[]?[] masks = [.. net.Layers.SelectMany(layer => new bool[]?[] { Pruned(layer.Weight.Value, kept), null })];
            measures.Add(($"pruned-{kept}", Accuracy(net)));
            measures.Add(($"bytes-{kept}", Bytes(net, asBytes: false)));
            Train(net, new RandomSource(key.Seed + 8), MoreUpdates, masks);
            measures.Add(($"retrained-{kept}", Accuracy(net)));
            RoundAll(net);
            measures.Add(($"retrained-int8-{kept}", Accuracy(net)));
            measures.Add(($"bytes-int8-{kept}", Bytes(net, asBytes: true)));
        }

        Restore(net, trained);
        RoundAll(net);
        measures.AddRange([("int8", Accuracy(net)), ("bytes-int8", Bytes(net, asBytes: true))]);
        return new RunOutcome("measured") { Updates = updates, Measures = measures };
    }

    /// <summary>Trains with Adam; weights that a mask has pruned stay 0.</summary>
    private static void Train(FeedForward net, RandomSource draws, int updates, bool[]?[] masks)
    {
        var (task, adam) = (DigitNet.Task(), new Adam(1e-3f));
        var batch = task.NewBatch(BatchSize);
        for (var update = 0; update < updates; update++)
        {
            task.Fill(batch, draws);
            net.LossAndGradients(batch, task.Loss);
            adam.Step(net.Parameters);
            for (var p = 0; p < masks.Length; p++)
            {
                if (masks[p] is { } mask)
                {
                    var values = net.Parameters[p].Value.Span;
                    for (var i = 0; i < values.Length; i++)
                    {
                        values[i] = mask[i] ? values[i] : 0;
                    }
                }
            }
        }
    }

    /// <summary>Prunes, and says what stays.</summary>
    private static bool[] Pruned(Tensor weight, double kept)
    {
        WeightCompression.Prune(weight, kept);
        return [.. weight.Span.ToArray().Select(value => value != 0)];
    }

    private static void RoundAll(FeedForward net)
    {
        foreach (var layer in net.Layers)
        {
            WeightCompression.RoundToInt8(layer.Weight.Value);
        }
    }

    /// <summary>Bytes of weights and biases.</summary>
    private static double Bytes(FeedForward net, bool asBytes) =>
        net.Layers.Sum(layer => WeightCompression.Bytes(layer.Weight.Value, asBytes) + (4L * layer.Bias.Value.Count));

    private static int Zeros(Tensor weight) => weight.Span.ToArray().Count(value => value == 0);

    private static void Restore(FeedForward net, Tensor[] values)
    {
        foreach (var (parameter, value) in net.Parameters.Zip(values))
        {
            value.Span.CopyTo(parameter.Value.Span);
        }
    }
}
