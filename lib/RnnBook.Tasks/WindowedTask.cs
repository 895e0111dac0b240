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
        : base((inner ?? throw new ArgumentNullException(nameof(inner))).Loss)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, inner.SequenceLength);
        (this.inner, Window, Name, Baseline) = (inner, window, $"{inner.Name}, through a window of {window}", inner.Baseline);

        // If only the last step is asked, it is all there is. The oldest step of a window stands first.
        EveryStep = inner.EveryStep;
        (SequenceLength, InputSize, OutputSize) = (EveryStep ? inner.SequenceLength : 1, window * inner.InputSize, inner.OutputSize);
    }

    /// <summary>Steps in the window.</summary>
    public int Window { get; }

    /// <summary>That of the task.</summary>
    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <inheritdoc/>
    public override double Accuracy(Tensor output, Batch batch) => inner.Accuracy(output, batch);

    /// <inheritdoc/>
    protected override void Draw(Batch batch, RandomSource random, bool test)
    {
        // Contestants that train at the same time may share the task.
        lock (guard)
        {
            seen = seen?.Size == batch.Size ? seen : inner.NewBatch(batch.Size);
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
