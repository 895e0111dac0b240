namespace RnnBook;

/// <summary>
/// Read digits, from whatever source. As a sequence the image comes pixel by pixel, row after row, and the digit is asked after
/// the last one; as an image it is one vector.
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

        (Side, Permuted, SequenceLength, InputSize, OutputSize) = (side, permuted, side * side / pixelsPerStep, pixelsPerStep, 10);
        Name = $"{source} {side}×{side}{(permuted ? ", permuted" : "")}{(pixelsPerStep > 1 ? $", {pixelsPerStep} pixels a step" : "")}";
        order = [.. Enumerable.Range(0, side * side)];
        if (permuted)
        {
            new RandomSource(28).Shuffle(order.AsSpan());
        }
    }

    /// <summary>Pixels along a side.</summary>
    public int Side { get; }

    /// <summary>Whether sequences show the pixels in a fixed random order.</summary>
    public bool Permuted { get; }

    /// <summary>Which pixel of the image, counted row by row, comes at each place of the sequence.</summary>
    public IReadOnlyList<int> Order => order;

    /// <summary>Draws digits to learn from, as images.</summary>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="seed">The same seed draws the same digits.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    public DigitImages Images(int count, ulong seed) => NewImages(count, seed, test: false);

    /// <summary>Draws digits to test with, as images: those of a part that training never sees, if the source has parts.</summary>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="seed">The same seed draws the same digits; use another than for training.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    public DigitImages TestImages(int count, ulong seed) => NewImages(count, seed, test: true);

    /// <summary>Draws new digits to learn from over all that stood in the images. Nothing is allocated.</summary>
    /// <param name="images">From <see cref="Images"/>.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <exception cref="ArgumentException">The images have another size.</exception>
    public void Fill(DigitImages images, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        RequireSize(images);
        Draw(images.Labels, images.Pixels.Span, random, test: false);
    }

    /// <summary>The same digits as sequences, in this task's order.</summary>
    /// <param name="images">Images of this task's size.</param>
    /// <exception cref="ArgumentException">The images have another size.</exception>
    public Batch AsSequences(DigitImages images)
    {
        RequireSize(images);
        var batch = NewBatch(images.Count);
        images.Labels.CopyTo(batch.Labels!, 0);
        WriteSequences(images.Pixels.Span, batch, 0);
        return batch;
    }

    internal override void Draw(Batch batch, RandomSource random, bool test)
    {
        // Several at once, because pixels of one place of different sequences are neighbors in the batch.
        const int together = 16;
        Span<float> images = stackalloc float[together * order.Length];
        for (var first = 0; first < batch.Size; first += together)
        {
            var labels = batch.Labels.AsSpan(first, Math.Min(together, batch.Size - first));
            var drawn = images[..(labels.Length * order.Length)];
            Draw(labels, drawn, random, test);
            WriteSequences(drawn, batch, first);
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

    private void RequireSize(DigitImages images)
    {
        ArgumentNullException.ThrowIfNull(images);
        images.Pixels.RequireShape("The images", images.Labels.Length, Side * Side);
    }

    private DigitImages NewImages(int count, ulong seed, bool test)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var images = new DigitImages(new Tensor(count, Side * Side), new int[count], Side);
        Draw(images.Labels, images.Pixels.Span, new RandomSource(seed), test);
        return images;
    }

    /// <summary>Draws as many digits as there are labels.</summary>
    private void Draw(Span<int> labels, Span<float> images, RandomSource random, bool test)
    {
        Span<float> source = stackalloc float[SourceSide * SourceSide];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = DrawDigit(random, test, source);
            Shrink(source, images.Slice(i * order.Length, order.Length));
        }
    }

    /// <summary>Writes images as sequences of a batch from number <paramref name="first"/> on.</summary>
    private void WriteSequences(ReadOnlySpan<float> images, Batch batch, int first)
    {
        var x = batch.Inputs.Span;
        var places = order.AsSpan();
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
