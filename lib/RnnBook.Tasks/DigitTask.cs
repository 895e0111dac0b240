namespace RnnBook;

/// <summary>
/// Read digits, from whatever source. The image comes pixel by pixel, row after row, and the digit is asked after the last one. With
/// side² pixels a step there is one step, which shows the whole image.
/// </summary>
/// <remarks>
/// The sequence form follows Le, Jaitly and Hinton (2015), who fed MNIST digits pixel by pixel, and again in a fixed random order that
/// takes away all nearness. Black is exactly 0. An image of 14×14 pixels is the one of 28×28 with each 2×2 block averaged.
/// </remarks>
public abstract class DigitTask : SequenceTask
{
    /// <summary>Pixels along a side of an image at its source.</summary>
    private protected const int SourceSide = 28;

    private readonly int[] order;

    private protected DigitTask(string source, int side, bool permuted, int pixelsPerStep)
        : base(new SoftmaxCrossEntropy())
    {
        if (side is not (SourceSide or SourceSide / 2))
        {
            throw new ArgumentOutOfRangeException(nameof(side), side, "Digits have 28 or 14 pixels a side.");
        }

        if (pixelsPerStep < 1 || side * side % pixelsPerStep != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(pixelsPerStep), pixelsPerStep, $"A step shows a number of pixels that divides {side * side}.");
        }

        (Side, SequenceLength, InputSize, OutputSize) = (side, side * side / pixelsPerStep, pixelsPerStep, 10);
        Name = $"{source} {side}×{side}{(permuted ? ", permuted" : "")}{(pixelsPerStep > 1 ? $", {pixelsPerStep} pixels a step" : "")}";
        order = [.. Enumerable.Range(0, side * side)];
        if (permuted)
        {
            new RandomSource(28).Shuffle(order.AsSpan());
        }
    }

    /// <summary>Pixels along a side.</summary>
    public int Side { get; }

    /// <summary>Which pixel of the image, counted row by row, comes at each place of the sequence.</summary>
    public IReadOnlyList<int> Order => order;

    /// <inheritdoc/>
    protected override void Draw(Batch batch, RandomSource random, bool test)
    {
        // Several at once, because pixels of one place of different sequences are neighbors in the batch.
        const int together = 16;
        Span<float> source = stackalloc float[SourceSide * SourceSide];
        Span<float> images = stackalloc float[together * order.Length];
        for (var first = 0; first < batch.Size; first += together)
        {
            var labels = batch.Labels.AsSpan(first, Math.Min(together, batch.Size - first));
            for (var i = 0; i < labels.Length; i++)
            {
                labels[i] = DrawDigit(random, test, source);
                Shrink(source, images.Slice(i * order.Length, order.Length));
            }

            WriteSequences(images[..(labels.Length * order.Length)], batch, first);
        }
    }

    /// <summary>Draws some digit of 28×28 pixels, every one of which is written, and says which.</summary>
    private protected abstract int DrawDigit(RandomSource random, bool test, Span<float> image);

    /// <summary>Brings an image of 28×28 pixels to this task's size.</summary>
    private protected void Shrink(ReadOnlySpan<float> source, Span<float> image)
    {
        if (Side == SourceSide)
        {
            source.CopyTo(image);
            return;
        }

        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var at = (2 * y * SourceSide) + (2 * x);
                image[(y * Side) + x] = (source[at] + source[at + 1] + source[at + SourceSide] + source[at + SourceSide + 1]) / 4;
            }
        }
    }

    /// <summary>Writes images as sequences of a batch from number <paramref name="first"/> on.</summary>
    private protected void WriteSequences(ReadOnlySpan<float> images, Batch batch, int first)
    {
        var places = order.AsSpan();
        var x = batch.Inputs.Span;
        for (var t = 0; t < SequenceLength; t++, places = places[InputSize..])
        {
            var step = x[(((t * batch.Size) + first) * InputSize)..];
            for (var f = 0; f < InputSize; f++)
            {
                for (var (from, to) = (places[f], f); from < images.Length; from += order.Length, to += InputSize)
                {
                    step[to] = images[from];
                }
            }
        }
    }
}
