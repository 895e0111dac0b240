using MathNet.Numerics.LinearAlgebra;

namespace RnnBook;

/// <summary>Chapter 11, Pixel by pixel.</summary>
internal static class Chapter11Exercises
{
    private const int Updates = 300;

    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<int, double>>(
            "11.1",
            "How far apart?",
            [
                "How many of the n(n − 1) ordered pairs of places are d steps apart?",
                "2(n − d) of them. Sum d times that over d = 1 … n − 1.",
            ],
            "(int n) → double",
            JudgeDistance),
        new Exercise<Func<double[,], double[,]>>(
            "11.2",
            "The smaller picture",
            ["The result has half as many rows and half as many columns.", "Pixel (y, x) belongs to the block (y / 2, x / 2), and counts a quarter."],
            "(double[,] image) → double[,]",
            JudgeShrink),
        new Exercise<Func<(Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B, Vector<double> V)>>(
            "11.3",
            "A network that sees no order",
            ["What does a unit do whose recurrent weight is 1 and whose bias is 0?", "One unit is enough: all four numbers are 0 or 1."],
            "() → (Matrix<double>, Matrix<double>, Vector<double>, Vector<double>)",
            JudgeInk),
        new Exercise<Func<(string Net, string Start, string Optimizer, double Rate)>>(
            "11.4",
            "Make it learn faster",
            [
                "Few updates ask for a high rate. Which of the networks bears one?",
                "A gated network started for long memories (chrono) keeps its gradient over 196 steps.",
            ],
            "() → (string, string, string, double)",
            JudgeFaster),
    ];

    private static void JudgeDistance(Func<int, double> answer)
    {
        Expect.Close(answer(2), 1, 1e-12, "Two places are always one step apart.");
        foreach (var n in new[] { 3, 4, 196, 784 })
        {
            var given = answer(n);
            Expect.Close(
                given,
                (n + 1) / 3.0,
                1e-9,
                Math.Abs(given - (n / 3.0)) < 0.01 ? "Nearly: n/3 is the limit for long sequences. The places are whole numbers, and different." : $"For n = {n} it is off: list all pairs.");
        }
    }

    private static void JudgeShrink(Func<double[,], double[,]> answer)
    {
        var random = new RandomSource(3);
        foreach (var (rows, columns) in new[] { (2, 2), (4, 6), (28, 28) })
        {
            var image = new double[rows, columns];
            for (var i = 0; i < image.Length; i++)
            {
                image[i / columns, i % columns] = random.NextDouble();
            }

            var small = answer(image);
            Expect.That(
                small is not null && small.GetLength(0) == rows / 2 && small.GetLength(1) == columns / 2,
                $"No answer yet: an image of {rows}×{columns} becomes one of {rows / 2}×{columns / 2}.");
            for (var i = 0; i < small.Length; i++)
            {
                var (y, x) = (i / (columns / 2), i % (columns / 2));
                var sum = image[2 * y, 2 * x] + image[(2 * y) + 1, 2 * x] + image[2 * y, (2 * x) + 1] + image[(2 * y) + 1, (2 * x) + 1];
                Expect.Close(small[y, x], sum / 4, 1e-12, small[y, x] == image[2 * y, 2 * x] ? "You pick a pixel of each block: average all four." : $"The block ({y}, {x}) is off.");
            }
        }
    }

    private static void JudgeInk(Func<(Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B, Vector<double> V)> answer)
    {
        var network = new HandmadeNetwork(answer(), inputs: 1);
        var random = new RandomSource(4);
        foreach (var length in new[] { 1, 4, 196 })
        {
            var pixels = Enumerable.Range(0, length).Select(_ => random.NextDouble()).ToArray();
            var given = network.Answer(pixels.Select(pixel => new[] { pixel }));
            Expect.Close(
                given,
                pixels.Sum(),
                1e-9,
                length > 1 && Math.Abs(given - pixels[^1]) < 1e-9 ? "Your network only knows the last pixel." : $"Of {length} pixels it sums {given:F3} instead of {pixels.Sum():F3}.");
            random.Shuffle(pixels.AsSpan());
            Expect.Close(network.Answer(pixels.Select(pixel => new[] { pixel })), given, 1e-9, "In another order it gives another sum.");
        }
    }

    private static void JudgeFaster(Func<(string Net, string Start, string Optimizer, double Rate)> answer)
    {
        var (net, start, optimizer, rate) = answer();
        Expect.That(rate > 0 && double.IsFinite(rate), "No answer yet: a rate above 0 is needed.");
        Expect.That(PixelsStudy.Nets.Contains(net), $"The network is one of {string.Join(", ", PixelsStudy.Nets)}.");
        var task = new StrokeDigits(14);
        var key = new RunKey(("net", net), ("start", start), ("optimizer", optimizer), ("rate", rate), ("seed", 5));
        var history = PixelsStudy.Trainer(key, PixelsStudy.Small.Start(key, task), task).Run(Updates);
        Expect.That(history.Outcome != TrainingOutcome.Diverged, $"The training diverged after {history.Updates} updates.");
        Expect.That(history.Last.Accuracy > 0.35, $"After {Updates} updates {history.Last.Accuracy:P0} of the unseen digits are right: more than 35 % are asked for.");
    }
}
