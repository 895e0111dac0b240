using MathNet.Numerics.Distributions;

namespace RnnBook;

/// <summary>Chapter 02, ReLU feed-forward.</summary>
internal static class Chapter02Exercises
{
    private delegate (double[] Values, int[] Columns, int[] Starts) Compression(double[][] matrix);

    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<double[], double[], double[]>>(
            "02.1",
            "The way back through ReLU",
            [
                "Each number by itself: its gradient is passed on or it is stopped.",
                "What stops it is the unit's own pre-activation, not the gradient's sign.",
            ],
            "(double[] a, double[] dh) → double[]",
            JudgeBackward),
        new Exercise<Func<double, double, double>>(
            "02.2",
            "A bias for the sparsity you want",
            [
                "Write a = σz + b with a standard normal z. For which z is a at most 0?",
                "P(z ≤ −b/σ) is to be the sparsity: solve for b.",
            ],
            "(double sparsity, double sigma) → double",
            JudgeBias),
        new Exercise<Func<int, double, double>>(
            "02.3",
            "A start for Leaky ReLU",
            [
                "By what factor does the bend change the mean square of a symmetric variable?",
                "Half of it is kept, half is multiplied by α². And a sum of I products has I times the weights' variance.",
            ],
            "(int inputs, double alpha) → double",
            JudgeStart),
        new Exercise<Compression>(
            "02.4",
            "Compress a matrix",
            [
                "Walk through the rows, and in each through the columns; keep what is not 0, and its column.",
                "starts has one entry more than there are rows: the first is 0, and after each row comes the number of values so far.",
            ],
            "(double[][] matrix) → (double[] values, int[] columns, int[] starts)",
            JudgeCompression),
    ];

    private static void JudgeBackward(Func<double[], double[], double[]> answer)
    {
        Case([1, 2], [0.5, -3], "Where a is positive the gradient passes unchanged, a negative gradient too.");
        Case([-1, -2], [0.5, -3], "Where a is negative nothing passes: what counts is the sign of a, not that of the gradient.");
        Case([0, -0.0], [1, 1], "At the kink the convention is 0.");
        Case([], [], "An empty layer has an empty gradient.");
        var random = new RandomSource(21);
        double[] a = [.. Enumerable.Range(0, 200).Select(_ => random.NextGaussian())], dh = [.. a.Select(_ => random.NextGaussian())];
        Case(a, dh, "200 random numbers give something else than the gradient times the slope.");

        void Case(double[] a, double[] dh, string otherwise)
        {
            var (a0, dh0) = (a.ToArray(), dh.ToArray());
            var found = answer(a, dh);
            Expect.That(found is not null, "No answer yet: the result is null.");
            Expect.That(found.Length == a0.Length, $"The result has {found.Length} numbers, but there are {a0.Length} units.");
            Expect.That(a.SequenceEqual(a0) && dh.SequenceEqual(dh0), "The inputs were changed: others still need them. Return a new array.");
            for (var i = 0; i < a0.Length; i++)
            {
                Expect.Close(found[i], a0[i] > 0 ? dh0[i] : 0, 1e-12, otherwise);
            }
        }
    }

    private static void JudgeBias(Func<double, double, double> answer)
    {
        Expect.Close(answer(0.5, 3), 0, 1e-9, "Half of the values are zero without any bias.");
        Expect.That(answer(0.9, 1) < 0, "More zeros than half need a negative bias: is a sign turned round?");
        Expect.Close(answer(0.9, 2), 2 * answer(0.9, 1), 1e-9, "With twice the spread, the bias must be twice as far out: where does σ come in?");
        foreach (var sparsity in new[] { 0.05, 0.3, 0.5, 0.8, 0.99 })
        {
            foreach (var sigma in new[] { 0.2, 1, 5 })
            {
                var share = Normal.CDF(0, 1, -answer(sparsity, sigma) / sigma);
                Expect.Close(share, sparsity, 1e-6, $"With your bias for σ = {sigma} a share of {share:F4} is zero, but {sparsity} was asked for.");
            }
        }
    }

    private static void JudgeStart(Func<int, double, double> answer)
    {
        Expect.Close(answer(200, 0), 0.1, 1e-12, "For α = 0 the bend is ReLU, and the start must be He's.");
        Expect.Close(answer(100, 1), 0.1, 1e-12, "For α = 1 there is no bend: nothing is lost there, and √(1/I) keeps the mean square.");
        Expect.Close(answer(50, -1), answer(50, 1), 1e-12, "α = −1 is the absolute value: it keeps every square, as α = 1 does.");
        Expect.Close(answer(400, 0.3), answer(100, 0.3) / 2, 1e-12, "With four times the inputs the deviation must be half as large.");
        foreach (var alpha in new[] { 0.01, 0.1, 0.25, 0.5 })
        {
            // The mean square after a sum of I products and the bend, for inputs of mean square 1.
            var kept = 64 * Math.Pow(answer(64, alpha), 2) * (1 + (alpha * alpha)) / 2;
            Expect.Close(kept, 1, 1e-9, $"For α = {alpha} your start multiplies the mean square by {kept:F4} in each layer.");
        }
    }

    private static void JudgeCompression(Compression answer)
    {
        Case([[0, 5, 0], [7, 0, 8]]);
        Case([[0, 0], [0, 0], [1, 0]]);
        Case([[-1e-30, 0, double.NaN]]);
        Case([]);
        var random = new RandomSource(24);
        Case([.. Enumerable.Range(0, 9).Select(_ => Enumerable.Range(0, 13).Select(_ => Math.Max(0, random.NextGaussian())).ToArray())]);

        void Case(double[][] matrix)
        {
            var (values, columns, starts) = answer(matrix);
            Expect.That(values is not null && columns is not null && starts is not null, "No answer yet: the result is null.");
            Expect.That(starts.Length == matrix.Length + 1, $"{matrix.Length} rows need {matrix.Length + 1} entries in starts, not {starts.Length}: the end of the last row belongs to it.");
            Expect.That(values.Length == columns.Length, $"There are {values.Length} values but {columns.Length} columns.");
            Expect.That(starts[0] == 0 && starts[^1] == values.Length, $"starts goes from 0 to the number of values, but yours goes from {starts[0]} to {starts[^1]}.");
            Expect.That(!values.Contains(0), "A zero was stored.");
            for (var r = 0; r < matrix.Length; r++)
            {
                Expect.That(starts[r] <= starts[r + 1], $"starts must not fall, but row {r} begins at {starts[r]} and ends at {starts[r + 1]}.");
                var back = new double[matrix[r].Length];
                for (var k = starts[r]; k < starts[r + 1]; k++)
                {
                    Expect.That(columns[k] >= 0 && columns[k] < back.Length, $"Column {columns[k]} is outside a row of {back.Length}: is it counted from the start of the row?");
                    back[columns[k]] = values[k];
                }

                Expect.That(back.SequenceEqual(matrix[r]), $"Row {r} unpacks to [{string.Join(", ", back)}], but it was [{string.Join(", ", matrix[r])}].");
            }
        }
    }
}
