using System.Numerics;
using System.Runtime.Intrinsics;

namespace RnnBook;

/// <summary>
/// Writes one digit as some hand might: takes a style, displaces its points, slants, turns, stretches and bends it, and draws it with a
/// pen of some width on black paper of 28×28 pixels. Paper that the pen does not touch stays exactly 0.
/// </summary>
internal static class DigitPen
{
    /// <summary>Pixels along a side of the paper.</summary>
    public const int Side = 28;

    // Four, not eight: the interpreter of a page makes vector instructions of no more.
    private const int Lanes = 4;
    private const int Subdivisions = 4;
    private const int MostLines = 2 * DigitShapes.MaxPoints * Subdivisions;

    /// <summary>Draws.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="random">The hand.</param>
    /// <param name="paper">28·28 pixels, row by row, overwritten; 0 is black, 1 is full ink.</param>
    public static void Write(int digit, RandomSource random, Span<float> paper)
    {
        var strokes = DigitShapes.Of(digit, random.NextInt(DigitShapes.StyleCount(digit)));
        Span<Vector2> points = stackalloc Vector2[DigitShapes.MaxPoints];
        Span<(Vector2 From, Vector2 To)> lines = stackalloc (Vector2, Vector2)[MostLines];
        var (hand, count) = (new Hand(random), 0);
        foreach (var stroke in strokes)
        {
            for (var i = 0; i < stroke.Length; i++)
            {
                // A corner is a point given twice: both stay together.
                points[i] = i > 0 && stroke[i] == stroke[i - 1] ? points[i - 1] : hand.Move(stroke[i], random);
            }

            count += Follow(points[..stroke.Length], lines[count..]);
        }

        lines = lines[..count];
        var pen = new Pen((float)random.NextUniform(0.75, 1.75), (float)random.NextUniform(0, 0.3), (float)random.NextUniform(0, Math.Tau));
        PlaceOnPaper(lines, pen, random);
        paper.Clear();
        foreach (var (from, to) in lines)
        {
            pen.Draw(from, to, paper);
        }

        Wear(paper, random);
    }

    /// <summary>Follows a Catmull–Rom curve through a stroke's points in short straight lines.</summary>
    /// <returns>How many lines were written.</returns>
    private static int Follow(ReadOnlySpan<Vector2> points, Span<(Vector2 From, Vector2 To)> lines)
    {
        var (from, count) = (points[0], 0);
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (p1, p2) = (points[i], points[i + 1]);
            var p0 = i > 0 ? points[i - 1] : p1;
            var p3 = i + 2 < points.Length ? points[i + 2] : p2;
            for (var s = 1; s <= Subdivisions && p1 != p2; s++)
            {
                var to = Curve(p0, p1, p2, p3, (float)s / Subdivisions);
                lines[count++] = (from, to);
                from = to;
            }
        }

        return count;
    }

    private static Vector2 Curve(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, float t) => 0.5f *
        ((2 * p1) + (t * (p2 - p0)) + (t * t * ((2 * p0) - (5 * p1) + (4 * p2) - p3)) + (t * t * t * ((3 * p1) - p0 - (3 * p2) + p3)));

    /// <summary>Scales to some size, and puts the middle near the middle of the paper, so that a rim of one pixel stays black.</summary>
    private static void PlaceOnPaper(Span<(Vector2 From, Vector2 To)> lines, Pen pen, RandomSource random)
    {
        var (low, high) = (lines[0].From, lines[0].From);
        foreach (var (from, to) in lines)
        {
            (low, high) = (Vector2.Min(low, Vector2.Min(from, to)), Vector2.Max(high, Vector2.Max(from, to)));
        }

        var size = high - low;
        var scale = (float)random.NextUniform(16.5, 20.25) / Math.Max(size.Y, size.X);
        var middle = new Vector2((float)(14 + (0.9 * random.NextGaussian())), (float)(14 + (0.9 * random.NextGaussian())));
        var half = (size * scale / 2) + new Vector2(pen.LargestReach + 1);
        middle = Vector2.Clamp(middle, half, new Vector2(Side) - half);
        foreach (ref var line in lines)
        {
            line.From = middle + ((line.From - ((low + high) / 2)) * scale);
            line.To = middle + ((line.To - ((low + high) / 2)) * scale);
        }
    }

    /// <summary>Ink is never even: some digits are pale, and every inked pixel differs a little.</summary>
    private static void Wear(Span<float> paper, RandomSource random)
    {
        var ink = (float)random.NextUniform(0.75, 1);
        for (var at = 0; at < paper.Length; at += Lanes)
        {
            var pixels = paper.Slice(at, Lanes);
            var inked = Vector128.GreaterThan(Vector128.Create<float>(pixels), Vector128<float>.Zero).ExtractMostSignificantBits();
            for (; inked != 0; inked &= inked - 1)
            {
                ref var pixel = ref pixels[BitOperations.TrailingZeroCount(inked)];
                pixel = Math.Clamp(pixel * ink * (0.9f + (0.2f * random.NextSingle())), 0, 1);
            }
        }
    }

    /// <summary>An unsteady hand moves each point a little; then width, squeeze, a bend that differs from top to bottom, slant, and turn.</summary>
    private readonly struct Hand
    {
        private readonly float sin, cos, slant, width, bend, squeeze;
        private readonly double bendPhase;

        public Hand(RandomSource random)
        {
            var turn = 0.14 * random.NextGaussian();
            (sin, cos) = ((float)Math.Sin(turn), (float)Math.Cos(turn));
            slant = (float)(0.08 + (0.2 * random.NextGaussian()));
            width = (float)random.NextUniform(0.75, 1.45);
            bend = (float)(0.05 * random.NextGaussian());
            bendPhase = random.NextUniform(0, Math.Tau);
            squeeze = (float)(0.12 * random.NextGaussian());
        }

        public Vector2 Move(Vector2 point, RandomSource random)
        {
            const double unsteadiness = 0.022;
            var p = point + new Vector2((float)(unsteadiness * random.NextGaussian()), (float)(unsteadiness * random.NextGaussian()));
            p = new Vector2((p.X - 0.3f) * width, p.Y - 0.5f);
            p.X *= 1 + (squeeze * 2 * p.Y);
            p.X += bend * (float)Math.Sin(bendPhase + (5 * p.Y));
            p.Y += bend * (float)Math.Sin(bendPhase + 1 + (6 * p.X));
            p.X -= slant * p.Y;
            return new Vector2((cos * p.X) - (sin * p.Y), (sin * p.X) + (cos * p.Y));
        }
    }

    /// <summary>A round pen whose radius swings along the paper as pressure changes.</summary>
    private readonly record struct Pen(float Radius, float Swing, float Phase)
    {
        /// <summary>How far from its middle the pen leaves ink, at most.</summary>
        public float LargestReach => (Radius * (1 + Swing)) + 0.5f;

        /// <summary>
        /// Draws a line: inks every pixel as far as the pen covers it, in full up to half a pixel inside the rim, not at all half a pixel outside.
        /// </summary>
        public void Draw(Vector2 from, Vector2 to, Span<float> paper)
        {
            var reach = (Radius * (1 + (Swing * (float)Math.Sin(Phase + (0.25 * (from.X + from.Y)))))) + 0.5f;

            // Pixel x has its middle at x + ½. Nothing needs to be cut off: the whole pen is on the paper.
            var margin = new Vector2(reach);
            var low = Vector2.Min(from, to) - margin - new Vector2(0.5f);
            var high = Vector2.Max(from, to) + margin - new Vector2(0.5f);
            var (left, right) = ((int)MathF.Ceiling(low.X), (int)high.X);
            var (top, bottom) = ((int)MathF.Ceiling(low.Y), (int)high.Y);
            var along = to - from;
            var (alongX, alongY) = (Vector128.Create(along.X), Vector128.Create(along.Y));
            var (inverse, rim) = (Vector128.Create(1 / Math.Max(along.LengthSquared(), 1e-12f)), Vector128.Create(reach));
            for (var x = left; x <= right; x += Lanes)
            {
                var fromX = Vector128<float>.Indices + Vector128.Create(x + 0.5f) - Vector128.Create(from.X);
                var inBox = Vector128.LessThanOrEqual(Vector128<float>.Indices, Vector128.Create((float)(right - x)));
                var alongRow = fromX * alongX;
                for (var y = top; y <= bottom; y++)
                {
                    var fromY = Vector128.Create(y + 0.5f - from.Y);
                    var share = (alongRow + (fromY * alongY)) * inverse;
                    share = Vector128.MinNative(Vector128.MaxNative(share, Vector128<float>.Zero), Vector128<float>.One);
                    var (dx, dy) = (fromX - (share * alongX), fromY - (share * alongY));
                    var ink = Vector128.MinNative(rim - Vector128.Sqrt((dx * dx) + (dy * dy)), Vector128<float>.One);
                    var pixels = paper.Slice((y * Side) + x, Lanes);
                    Vector128.MaxNative(Vector128.Create(pixels), ink & inBox).CopyTo(pixels);
                }
            }
        }
    }
}
