using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Matrices;

namespace RnnBook;

/// <summary>Chapter 09, Start from the identity.</summary>
internal static class Chapter09Exercises
{
    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<int, int, ulong, (Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B)>>(
            "09.1",
            "Write the start",
            [
                "Matrix<double>.Build.DenseIdentity(n) is the identity, Vector<double>.Build.Dense(n) a vector of zeros.",
                "A Gaussian number of standard deviation σ is σ · random.NextGaussian().",
                "Matrix<double>.Build.Dense(rows, columns, (i, j) => …) fills a matrix by a function.",
            ],
            "(int inputs, int units, ulong seed) → (Matrix<double>, Matrix<double>, Vector<double>)",
            JudgeStart),
        new Exercise<Func<int, double>>(
            "09.2",
            "The baseline of a longer sum",
            [
                "Which constant is best? The mean of the sum, and that depends on k.",
                "What the mean costs is the variance, and variances of independent values add up.",
            ],
            "(int k) → double",
            JudgeBaseline),
        new Exercise<Func<(Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B, Vector<double> V)>>(
            "09.3",
            "Solve it by hand",
            [
                "You need something that lets a value through only where it is marked, and something that keeps a sum.",
                "Values lie between 0 and 1. What does ReLU make of value + marker − 1?",
                "A unit reads what another unit was one step ago. At the last step the answer must read both.",
            ],
            "() → (Matrix<double>, Matrix<double>, Vector<double>, Vector<double>)",
            JudgeAdding),
        new Exercise<Func<int, (Matrix<double> W, Vector<double> U, Vector<double> V)>>(
            "09.4",
            "A memory that knows the order",
            [
                "Let the numbers travel: at each step every unit hands what it has to its neighbor.",
                "A number that is read at step t must be back at the exit at step t + n. How many units does a ring of that kind have?",
                "A cyclic permutation: W has a 1 where row i = (column j + 1) mod n.",
            ],
            "(int n) → (Matrix<double>, Vector<double>, Vector<double>)",
            JudgeCopying),
    ];

    private static void JudgeStart(Func<int, int, ulong, (Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B)> answer)
    {
        foreach (var (inputs, units) in new[] { (2, 100), (1, 7), (50, 40) })
        {
            var (input, recurrent, bias) = answer(inputs, units, 3);
            Expect.That(input is not null && recurrent is not null && bias is not null, "No answer yet: two matrices and a vector are needed.");
            Expect.That(
                recurrent.RowCount == units && recurrent.ColumnCount == units,
                $"W_hh should be {units}×{units}, yours is {recurrent.RowCount}×{recurrent.ColumnCount}.");
            Expect.That(
                input.RowCount == units && input.ColumnCount == inputs,
                $"W_xh should be {units}×{inputs} (a row for each unit), yours is {input.RowCount}×{input.ColumnCount}.");
            Expect.That(bias.Count == units, $"The bias should have {units} entries, yours has {bias.Count}.");
            Expect.That(
                Near(recurrent, Matrix<double>.Build.DenseIdentity(units)),
                "W_hh is not the identity: a state would not be kept as it is.");
            Expect.That(bias.L2Norm() < 1e-12, "With this bias a state drifts at every step: the recipe's biases are 0.");
        }

        var wide = answer(50, 40, 3).Wxh;
        var spread = wide.FrobeniusNorm() / Math.Sqrt(wide.RowCount * wide.ColumnCount);
        Expect.That(
            spread is > 0.0009 and < 0.0011,
            $"The entries of W_xh should have standard deviation 0.001, yours have {spread:G3}.");
        Expect.That(wide.Enumerate().Max(Math.Abs) > 0.0025, "The entries of W_xh keep within narrow bounds: are they Gaussian?");
        Expect.That((wide - answer(50, 40, 3).Wxh).FrobeniusNorm() == 0, "The same seed should give the same weights.");
        Expect.That((wide - answer(50, 40, 4).Wxh).FrobeniusNorm() > 0, "Another seed should give other weights.");
    }

    private static void JudgeBaseline(Func<int, double> answer)
    {
        Expect.Close(answer(2), 1.0 / 6, 1e-12, "For k = 2 it is the baseline of the adding problem, 1/6.");
        Expect.Close(answer(1), 1.0 / 12, 1e-12, "For k = 1 it is the variance of one uniform value.");
        for (var k = 3; k <= 30; k += 9)
        {
            Expect.Close(answer(k), k / 12.0, 1e-12, $"For k = {k} it is off: the best constant is no longer 1, and the variances add up.");
        }
    }

    private static void JudgeAdding(Func<(Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B, Vector<double> V)> answer)
    {
        var network = new HandmadeNetwork(answer(), inputs: 2);
        var random = new RandomSource(77);
        foreach (var (length, first, second) in new[] { (10, 2, 7), (40, 0, 25), (100, 49, 50), (300, 10, 299), (2, 0, 1) })
        {
            double[] values = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble())];
            var given = network.Answer(values.Select((value, t) => new[] { value, t == first || t == second ? 1 : 0 }));
            var sum = values[first] + values[second];
            Expect.That(double.IsFinite(given), $"With {length} steps the answer is no finite number: does a state grow?");
            Expect.Close(given, sum, 1e-9, Explain(given, sum, values.Sum(), second == length - 1, length));
        }
    }

    private static string Explain(double given, double sum, double all, bool marksLast, int length) =>
        Math.Abs(given - all) < 1e-6 ? "You add every value, the unmarked ones too: what lets only marked values through?"
        : marksLast ? $"A mark at the very last step is missed: the answer is {given:F3}, the sum {sum:F3}."
        : $"With {length} steps the answer is {given:F3}, but the marked values sum to {sum:F3}.";

    private static void JudgeCopying(Func<int, (Matrix<double> W, Vector<double> U, Vector<double> V)> answer)
    {
        foreach (var n in new[] { 1, 2, 5, 12 })
        {
            var (w, u, v) = answer(n);
            Expect.That(w is not null && u is not null && v is not null, "No answer yet: a matrix and two vectors are needed.");
            var units = u.Count;
            Expect.That(
                w.RowCount == units && w.ColumnCount == units && v.Count == units,
                $"The shapes do not fit: with {units} entries in u, W is {units}×{units} and v has {units} entries.");
            var random = new RandomSource((ulong)n);
            var read = Enumerable.Range(0, n).Select(_ => random.NextGaussian()).ToArray();
            var h = Vector<double>.Build.Dense(units);
            for (var t = 0; t < 2 * n; t++)
            {
                h = (w * h) + (u * (t < n ? read[t] : 0));
                Expect.That(
                    t < n || Math.Abs((v * h) - read[t - n]) < 1e-9,
                    $"For n = {n} the output at step {t + 1} is {v * h:F3} instead of {read[Math.Max(0, t - n)]:F3}: is the order lost, or the number too early or too late?");
            }

            Expect.That(
                Near(w.TransposeThisAndMultiply(w), Matrix<double>.Build.DenseIdentity(units)),
                "It repeats the numbers, but W is not orthogonal: some vector changes its length.");
        }
    }
}
