namespace RnnBook;

/// <summary>
/// A film: a drawn digit moves one pixel a frame, up, down, left or right, and the direction is asked after the last frame. No single
/// frame shows it, so who answers rightly has compared frames.
/// </summary>
public sealed class MovingDigits : SequenceTask
{
    private const int Side = 14, Margin = 4;

    private readonly StrokeDigits digits = new(Side, pixelsPerStep: Side * Side);
    private readonly Batch one;
    private readonly Lock guard = new();

    /// <summary>Makes the task.</summary>
    /// <param name="frames">T, 2 to 6: more would move the digit out of the picture.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer or more frames.</exception>
    public MovingDigits(int frames = 4)
        : base(new SoftmaxCrossEntropy())
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames, 6);
        Name = $"a digit that moves, {frames} frames of {Side}×{Side}";
        (SequenceLength, InputSize, OutputSize, Baseline) = (frames, Side * Side, Directions.Count, Math.Log(Directions.Count));
        one = digits.NewBatch(1);
    }

    /// <summary>The classes in their order.</summary>
    public static IReadOnlyList<string> Directions { get; } = ["up", "down", "left", "right"];

    /// <inheritdoc/>
    protected override void Draw(Batch batch, RandomSource random, bool test)
    {
        lock (guard)
        {
            for (var b = 0; b < batch.Size; b++)
            {
                digits.Fill(one, random);
                var direction = batch.Labels![b] = random.NextInt(Directions.Count);
                var (dx, dy) = direction switch
                {
                    0 => (0, -1),
                    1 => (0, 1),
                    2 => (-1, 0),
                    _ => (1, 0),
                };

                // Where the digit ends is drawn without regard to the direction: the last frame alone tells nothing.
                var (x, y) = (random.NextInt(Margin + 1) - (Margin / 2), random.NextInt(Margin + 1) - (Margin / 2));
                for (var t = 0; t < SequenceLength; t++)
                {
                    var step = t - (SequenceLength - 1);
                    Shift(one.Inputs.Span, x + (dx * step), y + (dy * step), batch.Inputs.Slice(t).Slice(b * InputSize, InputSize));
                }
            }
        }
    }

    private static void Shift(ReadOnlySpan<float> image, int dx, int dy, Span<float> frame)
    {
        frame.Clear();
        for (var y = Math.Max(0, dy); y < Math.Min(Side, Side + dy); y++)
        {
            for (var x = Math.Max(0, dx); x < Math.Min(Side, Side + dx); x++)
            {
                frame[(y * Side) + x] = image[((y - dy) * Side) + x - dx];
            }
        }
    }
}
