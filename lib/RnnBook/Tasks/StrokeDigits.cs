namespace RnnBook;

/// <summary>
/// Read digits drawn by the book itself, so that they are always there: pen strokes in the styles that people write, unsteady, slanted,
/// thick and thin. As a sequence the image comes pixel by pixel, row after row, and the digit is asked after the last one; as an image it
/// is one vector. Every draw is a new digit.
/// </summary>
/// <remarks>
/// The sequence form follows Le, Jaitly and Hinton (2015), who fed MNIST digits pixel by pixel, and again in a fixed random order that
/// takes away all nearness. Black is exactly 0. An image of 14×14 pixels is the one of 28×28 with each 2×2 block averaged.
/// </remarks>
public sealed class StrokeDigits : SequenceTask
{
    private const int Pixels = DigitPen.Side * DigitPen.Side;
    private readonly int[] order;

    /// <summary>Makes the task.</summary>
    /// <param name="side">Pixels along a side of the image: 28 or 14.</param>
    /// <param name="permuted">Whether sequences show the pixels in an order that is random, but the same for all.</param>
    /// <param name="pixelsPerStep">Pixels a time step shows, a divisor of side²: 1 is pixel by pixel, side is row by row.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting outside its range.</exception>
    public StrokeDigits(int side = 28, bool permuted = false, int pixelsPerStep = 1)
    {
        if (side is not (DigitPen.Side or DigitPen.Side / 2))
        {
            throw new ArgumentOutOfRangeException(nameof(side), side, "Stroke digits are drawn with 28 or 14 pixels a side.");
        }

        if (pixelsPerStep < 1 || side * side % pixelsPerStep != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(pixelsPerStep), pixelsPerStep, $"A step shows a number of pixels that divides {side * side}.");
        }

        (Side, Permuted, InputSize) = (side, permuted, pixelsPerStep);
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

    /// <inheritdoc/>
    public override string Name =>
        $"stroke digits {Side}×{Side}{(Permuted ? ", permuted" : "")}{(InputSize > 1 ? $", {InputSize} pixels a step" : "")}";

    /// <summary>T = side² / pixels a step.</summary>
    public override int SequenceLength => Side * Side / InputSize;

    /// <summary>Pixels a step.</summary>
    public override int InputSize { get; }

    /// <summary>10: the digits.</summary>
    public override int OutputSize => 10;

    /// <inheritdoc/>
    public override bool EveryStep => false;

    /// <inheritdoc/>
    public override Loss Loss { get; } = new SoftmaxCrossEntropy();

    /// <summary>ln 10: all digits come equally often.</summary>
    public override double Baseline => Math.Log(10);

    /// <summary>Draws digits as images.</summary>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="seed">The same seed draws the same digits.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    public DigitImages Images(int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var images = new DigitImages(new Tensor(count, Side * Side), new int[count], Side);
        Fill(images, new RandomSource(seed));
        return images;
    }

    /// <summary>Draws new digits over all that stood in the images. Nothing is allocated.</summary>
    /// <param name="images">From <see cref="Images"/>.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <exception cref="ArgumentException">The images have another size.</exception>
    public void Fill(DigitImages images, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(random);
        images.Pixels.RequireShape("The images", images.Labels.Length, Side * Side);
        for (var i = 0; i < images.Labels.Length; i++)
        {
            images.Labels[i] = DrawOne(random, images.Pixels.Slice(i));
        }
    }

    private protected override void Draw(Batch batch, RandomSource random)
    {
        var labels = batch.Labels is { } found && found.Length == batch.Size
            ? found
            : throw new ArgumentException($"Stroke digits ask for one label a sequence, but the batch is: {batch}.");
        var x = batch.Inputs.Span;
        Span<float> image = stackalloc float[Side * Side];
        for (var b = 0; b < batch.Size; b++)
        {
            labels[b] = DrawOne(random, image);
            for (var i = 0; i < order.Length; i++)
            {
                var (t, f) = (i / InputSize, i % InputSize);
                x[(((t * batch.Size) + b) * InputSize) + f] = image[order[i]];
            }
        }
    }

    /// <summary>Draws some digit and says which.</summary>
    private int DrawOne(RandomSource random, Span<float> image)
    {
        var digit = random.NextInt(10);
        if (Side == DigitPen.Side)
        {
            DigitPen.Write(digit, random, image);
            return digit;
        }

        Span<float> paper = stackalloc float[Pixels];
        DigitPen.Write(digit, random, paper);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var at = (2 * y * DigitPen.Side) + (2 * x);
                image[(y * Side) + x] = (paper[at] + paper[at + 1] + paper[at + DigitPen.Side] + paper[at + DigitPen.Side + 1]) / 4;
            }
        }

        return digit;
    }
}
