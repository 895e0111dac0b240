namespace RnnBook;

/// <summary>
/// What does the order of the steps cost? A recurrent layer over a sequence beside a dense layer that makes as many multiplications on the same
/// positions at once, in turns, on one thread. It stands beside what a reader measures (E12). Each run is a repeat of its own, with networks of its own.
/// </summary>
public sealed class ParallelCostStudy : Study
{
    /// <summary>Inputs and units of the recurrent layer; steps T of a sequence.</summary>
    public const int Size = 256, Length = 128;

    private const int Repeats = 20, Rounds = 15;

    /// <summary>Sequences side by side.</summary>
    public static IReadOnlyList<int> Batches { get; } = [1, 64];

    /// <inheritdoc/>
    public override string Name => "parallel-cost";

    /// <inheritdoc/>
    public override string Question => "How much longer does a recurrent layer take than a dense one with as many multiplications?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => [];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from batch in Batches
           from repeat in Enumerable.Range(0, Repeats)
           select new RunKey(("B", batch), ("seed", 1000UL + (ulong)repeat)),
    ];

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var rivals = Rivals(key.Whole("B"), key.Seed);
        var timing = InterleavedTiming.Measure(1, Rounds, rivals);
        var (recurrent, dense) = (timing[rivals[0].Name][0], timing[rivals[1].Name][0]);
        return new RunOutcome("timed") { Measures = [("recurrent", recurrent), ("dense", dense), ("ratio", recurrent / dense)] };
    }

    /// <summary>The two layers over the same work: T·B·H·(H + I) multiplications, H = I = <see cref="Size"/>.</summary>
    /// <param name="batch">Sequences side by side.</param>
    /// <param name="seed">Draws the weights and what is read.</param>
    public static IReadOnlyList<(string Name, Action Call)> Rivals(int batch, ulong seed)
    {
        var random = new RandomSource(seed);
        var (layer, wide) = (new Rnn(Size, Size, Activation.Relu, random), new Linear(2 * Size, Size, random));
        var (read, rows) = (Noise(batch, Size, random), Noise(batch, 2 * Size, random));
        return [($"recurrent {batch}", () => layer.Forward(read)), ($"dense {batch}", () => wide.Forward(rows))];
    }

    private static Tensor Noise(int batch, int features, RandomSource random)
    {
        var noise = new Tensor(Length, batch, features);
        foreach (ref var value in noise.Span)
        {
            value = random.NextSingle();
        }

        return noise;
    }
}
