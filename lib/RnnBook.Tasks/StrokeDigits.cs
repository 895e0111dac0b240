namespace RnnBook;

/// <summary>
/// Digits drawn by the book itself, so that they are always there: pen strokes in the styles that people write, unsteady, slanted,
/// thick and thin. Every draw is a new digit.
/// </summary>
public sealed class StrokeDigits : DigitTask
{
    /// <summary>Makes the task.</summary>
    /// <param name="side">Pixels along a side of the image: 28 or 14.</param>
    /// <param name="permuted">Whether sequences show the pixels in an order that is random, but the same for all.</param>
    /// <param name="pixelsPerStep">Pixels a time step shows, a divisor of side²: 1 is pixel by pixel, side is row by row.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting outside its range.</exception>
    public StrokeDigits(int side = 28, bool permuted = false, int pixelsPerStep = 1)
        : base("stroke digits", side, permuted, pixelsPerStep) => Baseline = Math.Log(10);

    private protected override int DrawDigit(RandomSource random, bool test, Span<float> image)
    {
        var digit = random.NextInt(10);
        DigitPen.Write(digit, random, image);
        return digit;
    }
}
