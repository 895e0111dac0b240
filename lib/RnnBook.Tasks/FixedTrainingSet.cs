namespace RnnBook;

/// <summary>
/// Another task with a training set of limited size: so many sequences are drawn once, and training sees these alone, in random order with
/// repetition. Tests are drawn as by the task itself.
/// </summary>
public sealed class FixedTrainingSet : SequenceTask
{
    private readonly SequenceTask inner;

    /// <summary>Draws the set.</summary>
    /// <param name="inner">The task.</param>
    /// <param name="count">Sequences in the set, 1 or more.</param>
    /// <param name="seed">From which they are drawn.</param>
    public FixedTrainingSet(SequenceTask inner, int count, ulong seed = 1)
        : base((inner ?? throw new ArgumentNullException(nameof(inner))).Loss)
    {
        this.inner = inner;
        Sequences = inner.NewBatch(count);
        inner.Fill(Sequences, new RandomSource(seed));
        (SequenceLength, InputSize, OutputSize, EveryStep, Baseline) =
            (inner.SequenceLength, inner.InputSize, inner.OutputSize, inner.EveryStep, inner.Baseline);
        Name = $"{inner.Name}, {count} sequences to train on";
    }

    /// <summary>The whole set.</summary>
    public Batch Sequences { get; }

    /// <inheritdoc/>
    public override double Accuracy(Tensor output, Batch batch) => inner.Accuracy(output, batch);

    /// <inheritdoc/>
    protected override void Draw(Batch batch, RandomSource random, bool test)
    {
        if (test)
        {
            inner.FillTest(batch, random);
            return;
        }

        for (var b = 0; b < batch.Size; b++)
        {
            Copy(random.NextInt(Sequences.Size), batch, b);
        }
    }

    /// <summary>One sequence with its answers: time is the outer axis of both batches.</summary>
    private void Copy(int from, Batch batch, int to)
    {
        for (var t = 0; t < SequenceLength; t++)
        {
            Row(Sequences.Inputs.Slice(t), from, InputSize).CopyTo(Row(batch.Inputs.Slice(t), to, InputSize));
        }

        for (var t = 0; t < (EveryStep ? SequenceLength : 1); t++)
        {
            var (source, target) = ((t * Sequences.Size) + from, (t * batch.Size) + to);
            batch.Labels?[target] = Sequences.Labels![source];
            if (batch.Targets is { } targets)
            {
                Row(Sequences.Targets!.Span, source, OutputSize).CopyTo(Row(targets.Span, target, OutputSize));
            }
        }
    }

    private static Span<float> Row(Span<float> values, int row, int width) => values.Slice(row * width, width);
}
