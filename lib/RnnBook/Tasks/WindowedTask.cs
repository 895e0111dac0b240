namespace RnnBook;

/// <summary>
/// Another task seen through a window: each step shows the inputs of the last few steps side by side (zeros before the first), and nothing
/// older can be known from it. What a net without memory gets to see; with an answer after the last step only, that step is all there is.
/// </summary>
public sealed class WindowedTask : SequenceTask
{
    private readonly SequenceTask inner;
    private readonly Lock guard = new();
    private Batch? seen;

    /// <summary>Puts a window before a task.</summary>
    /// <param name="inner">The task; draws are the same as from itself.</param>
    /// <param name="window">Steps in the window, 1 to T.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is not 1 to T.</exception>
    public WindowedTask(SequenceTask inner, int window)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, inner.SequenceLength);
        (this.inner, Window) = (inner, window);
    }

    /// <summary>Steps in the window.</summary>
    public int Window { get; }

    /// <inheritdoc/>
    public override string Name => $"{inner.Name}, through a window of {Window}";

    /// <summary>T of the task, or 1 if only the last step is asked.</summary>
    public override int SequenceLength => EveryStep ? inner.SequenceLength : 1;

    /// <summary>Window · inputs of the task; the oldest step first.</summary>
    public override int InputSize => Window * inner.InputSize;

    /// <inheritdoc/>
    public override int OutputSize => inner.OutputSize;

    /// <inheritdoc/>
    public override bool EveryStep => inner.EveryStep;

    /// <inheritdoc/>
    public override Loss Loss => inner.Loss;

    /// <summary>That of the task.</summary>
    public override double Baseline => inner.Baseline;

    /// <summary>That of the task.</summary>
    internal override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <inheritdoc/>
    public override double Accuracy(Tensor output, Batch batch) => inner.Accuracy(output, batch);

    private protected override void Draw(Batch batch, RandomSource random) => Draw(batch, random, test: false);

    private protected override void DrawTest(Batch batch, RandomSource random) => Draw(batch, random, test: true);

    private void Draw(Batch batch, RandomSource random, bool test)
    {
        // Contestants that train at the same time may share the task.
        lock (guard)
        {
            if (seen is null || seen.Size != batch.Size)
            {
                seen = inner.NewBatch(batch.Size);
            }

            if (batch.Labels?.Length != seen.Labels?.Length || batch.Targets?.Count != seen.Targets?.Count)
            {
                throw new ArgumentException($"The {Name} asks for other answers than this batch has: {batch}.");
            }

            if (test)
            {
                inner.FillTest(seen, random);
            }
            else
            {
                inner.Fill(seen, random);
            }

            seen.Labels?.CopyTo(batch.Labels!, 0);
            seen.Targets?.Span.CopyTo(batch.Targets!.Span);
            var size = inner.InputSize;
            for (var t = 0; t < SequenceLength; t++)
            {
                var last = EveryStep ? t : inner.SequenceLength - 1;
                for (var w = 0; w < Window; w++)
                {
                    var from = last - Window + 1 + w;
                    for (var b = 0; b < batch.Size; b++)
                    {
                        var target = batch.Inputs.Slice(t).Slice((b * InputSize) + (w * size), size);
                        if (from < 0)
                        {
                            target.Clear();
                        }
                        else
                        {
                            seen.Inputs.Slice(from).Slice(b * size, size).CopyTo(target);
                        }
                    }
                }
            }
        }
    }
}
