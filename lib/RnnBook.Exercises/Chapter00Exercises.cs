using MathNet.Numerics.LinearAlgebra;

namespace RnnBook;

/// <summary>Chapter 00, Start here.</summary>
internal static class Chapter00Exercises
{
    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<double, int, double>>(
            "00.1",
            "A power by repeated multiplication",
            [
                "Start from 1, the number that changes nothing when you multiply by it.",
                "Multiply by w once for each of the n steps, in a loop.",
            ],
            "(double w, int n) → double",
            answer =>
            {
                Expect.Close(answer(2, 1), 2, 1e-12, "With w = 2 and one step the result should be w itself.");
                Expect.Close(answer(5, 0), 1, 1e-12, "No step at all changes nothing: what number stands for that?");
                Expect.Close(answer(1, 1000), 1, 1e-12, "With w = 1 nothing may grow or shrink, however many steps.");
                Expect.Close(answer(-1, 3), -1, 1e-12, "Try a negative w and an odd number of steps.");
                for (var n = 2; n <= 60; n += 7)
                {
                    Expect.Close(answer(0.9, n), Math.Pow(0.9, n), 1e-9, $"For w = 0.9 and n = {n} the result is off: count the multiplications.");
                    Expect.Close(answer(1.1, n), Math.Pow(1.1, n), 1e-9, $"For w = 1.1 and n = {n} the result is off: count the multiplications.");
                }
            }),
        new Exercise<Func<double, double>>(
            "00.2",
            "How soon is half of it gone?",
            [
                "When is wⁿ = ½ exactly, if n need not be a whole number? Take the logarithm of both sides.",
                "n must be whole, and at most one half may be left: which way do you round?",
            ],
            "(double w) → double",
            answer =>
            {
                foreach (var w in (double[])[0.3, 0.6, 0.9, 0.99, 0.99999])
                {
                    var n = answer(w);
                    Expect.Number(n);
                    Expect.That(n == Math.Floor(n), $"For w = {w} the result is {n}, but steps are whole.");
                    Expect.That(Math.Pow(w, n) <= 0.5, $"For w = {w} and n = {n} more than one half is left: go on.");
                    Expect.That(Math.Pow(w, n - 1) > 0.5, $"For w = {w} one half was gone before n = {n}: the smallest such n is wanted.");
                }
            }),
        new Exercise<Func<double[,], double[], double[]>>(
            "00.3",
            "A matrix times a vector",
            [
                "W.GetLength(0) is the number of rows, W.GetLength(1) the number of columns. Which of them is the length of the result?",
                "Two loops: one over the rows i, inside it one over the columns j that adds up W[i, j]·h[j].",
            ],
            "(double[,] W, double[] h) → double[]",
            answer =>
            {
                Expect.That(answer(new double[,] { { 1, 0 }, { 0, 1 } }, [3, 4]) is { Length: > 0 }, "No answer yet: the result is empty.");
                RequireTimes(answer, new double[,] { { 1, 0 }, { 0, 1 } }, [3, 4], "The identity must leave the vector as it is.");
                RequireTimes(answer, new double[,] { { 0, 1 }, { 0, 0 } }, [3, 4], "Look at rows and columns: W[0, 1] = 1 takes h[1] to a[0], not the other way round.");
                RequireTimes(answer, new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, [1, -1, 2], "Try a matrix that is not square.");
                RequireTimes(answer, new double[,] { { 1 }, { -2 }, { 3 } }, [5], "Try a matrix with a single column.");

                var random = new RandomSource(3);
                var wide = new double[7, 9];
                var h = new double[9];
                for (var j = 0; j < h.Length; j++)
                {
                    h[j] = random.NextGaussian();
                    for (var i = 0; i < 7; i++)
                    {
                        wide[i, j] = random.NextGaussian();
                    }
                }

                RequireTimes(answer, wide, h, "A random 7×9 matrix gives another result: does every term W[i, j]·h[j] enter the sum once?");
            }),
        new Exercise<Func<(double[,] W, double[] H0)>>(
            "00.4",
            "Longer before it dies",
            [
                "Two numbers that each keep nine tenths of themselves can only shrink. Let one of them feed the other as well.",
                "With 0.9 twice on the diagonal and a zero below it both eigenvalues are 0.9, whatever stands in the corner. What does the corner do to h₀ = (0, 1)?",
            ],
            "() → (double[,] W, double[] h0)",
            JudgeLonger),
    ];

    private static void JudgeLonger(Func<(double[,] W, double[] H0)> answer)
    {
        var (w, h0) = answer();
        Expect.That(
            w is not null && h0 is not null && w.GetLength(0) == 2 && w.GetLength(1) == 2 && h0.Length == 2,
            "No answer yet: a 2×2 matrix and a vector of two numbers are needed.");
        var (matrix, h) = (Matrix<double>.Build.DenseOfArray(w), Vector<double>.Build.DenseOfArray(h0));
        Expect.That(matrix.ForAll(double.IsFinite), "No answer yet: the matrix has entries that are not numbers.");
        var radius = Spectrum.Radius(matrix);
        Expect.That(radius <= 0.9 + 1e-6, $"The spectral radius is {radius:G4}; at most 0.9 is allowed.");
        Expect.Close(h.L2Norm(), 1, 1e-6, $"h₀ is {h.L2Norm():G4} long; its length should be 1.");
        for (var n = 0; n < 10; n++)
        {
            h = matrix * h;
        }

        Expect.That(h.L2Norm() >= 10, $"After ten multiplications the vector is {h.L2Norm():G3} long: ten or more is asked for.");
    }

    private static void RequireTimes(Func<double[,], double[], double[]> answer, double[,] w, double[] h, string otherwise)
    {
        var (rows, columns) = (w.GetLength(0), w.GetLength(1));
        var a = answer((double[,])w.Clone(), (double[])h.Clone());
        Expect.That(a is not null && a.Length == rows, $"A {rows}×{columns} matrix times a vector of {columns} gives {rows} numbers, not {a?.Length ?? 0}.");
        for (var i = 0; i < rows; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < columns; j++)
            {
                sum += w[i, j] * h[j];
            }

            Expect.Close(a![i], sum, 1e-9, otherwise);
        }
    }
}
