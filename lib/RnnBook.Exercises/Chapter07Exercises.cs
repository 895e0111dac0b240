using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Matrices;

namespace RnnBook;

/// <summary>Chapter 07, One matrix or many.</summary>
internal static class Chapter07Exercises
{
    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<int, double>>(
            "07.1",
            "Keep the typical length",
            [
                "The mean of one term is ln g plus a correction that depends on n only (section 2).",
                "Set it to zero and solve for ln g.",
                "ψ takes n/2, and in C# n / 2 of two integers loses the half: write n / 2.0.",
            ],
            "(int n) → double",
            JudgeTypicalGain),
        new Exercise<Func<double, double>>(
            "07.2",
            "The gain for a leaky unit",
            [
                "What does the mask do to the squared length of a gradient, if half of its entries are 1 and half are α?",
                "It keeps the share (1 + α²)/2. The matrix multiplies the squared length by g².",
                "The product of the two should be 1.",
            ],
            "(double alpha) → double",
            JudgeLeakyGain),
        new Exercise<Func<double, double>>(
            "07.3",
            "How deep until chance matters?",
            [
                "Variances of independent terms add up; standard deviations do not.",
                "After k layers the standard deviation is σ√k. A factor of ten is a distance of ln 10.",
                "Solve σ√k = ln 10 for k.",
            ],
            "(double sigma) → double",
            JudgeDepth),
        new Exercise<Func<double[], int, Matrix<double>>>(
            "07.4",
            "The matrix of a convolution",
            [
                "Row p says what a_p hears: three positions.",
                "w₀ stands at column p − 1, w₁ at column p, w₂ at column p + 1.",
                "(p + d + P) % P stays on the ring for d = −1, 0, 1.",
            ],
            "(double[] w, int P) → Matrix<double>",
            JudgeConvolution),
        new Exercise<Func<int, RandomSource, Matrix<double>>>(
            "07.5",
            "Make them even out",
            [
                "The logarithm of the length is a sum of independent terms. When does such a sum stay where it is?",
                "Only if each term is 0: every factor must keep the length of every vector.",
                "Which matrices keep lengths? Section 1 of chapter 06 has a kind; QR() of a Gaussian matrix makes one.",
            ],
            "(int n, RandomSource random) → Matrix<double>",
            JudgeEvening),
    ];

    private static void JudgeTypicalGain(Func<int, double> answer)
    {
        foreach (var n in new[] { 16, 5, 2, 1, 101, 512 })
        {
            var gain = answer(n);
            var typical = Math.Exp((Math.Log(n) - Math.Log(2) - SpecialFunctions.DiGamma(n / 2.0)) / 2);
            Expect.Number(gain);
            Expect.That(gain > 0, $"A gain is positive, but for n = {n} yours is {gain:G4}.");
            Expect.That(Math.Abs(gain - 1) > 1e-12, "A gain of 1 keeps the mean of the squared length. The typical product fades with it.");
            Expect.That(
                Math.Abs((gain * typical) - 1) > 1e-9,
                $"For n = {n} that is below 1: it would make the typical product fade twice as fast. The gain has to make up for the loss.");
            Expect.Close(
                gain, typical, 1e-9,
                $"With n = {n} and your gain of {gain:G6}, the mean of one term is {Math.Log(gain / typical):G3}, not 0.{(n % 2 == 1 ? " Is n/2 a whole number in your code?" : "")}");
        }
    }

    private static void JudgeLeakyGain(Func<double, double> answer)
    {
        foreach (var alpha in new[] { 1, 0, 0.01, 0.3, 0.7 })
        {
            var gain = answer(alpha);
            Expect.Number(gain);
            Expect.That(gain > 0, $"A gain is positive, but for α = {alpha} yours is {gain:G4}.");
            var kept = gain * gain * (1 + (alpha * alpha)) / 2;
            var note = alpha == 1 ? " (α = 1 is a linear network.)" : alpha == 0 ? " (α = 0 is plain ReLU.)" : "";
            Expect.That(
                Math.Abs(kept - 1) < 1e-9,
                $"With α = {alpha} and your gain of {gain:G4}, a layer multiplies the mean squared length by {kept:G4}; it should keep it.{note}");
        }
    }

    private static void JudgeDepth(Func<double, double> answer)
    {
        foreach (var sigma in new[] { 0.1, 0.05, 0.5 })
        {
            var (depth, step) = (answer(sigma), Math.Log(10) / sigma);
            Expect.Number(depth);
            Expect.That(Math.Abs(depth - step) > 1e-9, "That adds up standard deviations, as if all terms went the same way: that is one matrix, not many.");
            Expect.That(Math.Abs(depth - (1 / (sigma * sigma))) > 1e-9, "That is a factor of e. Ten is ln 10 on this scale.");
            Expect.Close(
                depth, step * step, 1e-9,
                $"With σ = {sigma} and {depth:G5} layers the standard deviation is {sigma * Math.Sqrt(Math.Max(0, depth)):G4}; a factor of ten is {Math.Log(10):G4}.");
        }
    }

    private static void JudgeConvolution(Func<double[], int, Matrix<double>> answer)
    {
        foreach (var size in new[] { 5, 3, 12 })
        {
            double[] w = [2, 3, 7];
            var given = answer([.. w], size);
            Expect.Matrix(given, size, size, $"for {size} positions");
            var right = Matrix<double>.Build.Dense(size, size, (p, q) => Tap(w, (q - p + size) % size, size));
            var open = Matrix<double>.Build.Dense(size, size, (p, q) => Math.Abs(q - p) <= 1 ? w[q - p + 1] : 0);
            Expect.That(!Near(given, right.Transpose()), "Transposed: w₀ belongs to the position before, h_{p−1}, and w₂ to the one after.");
            Expect.That(!Near(given, open), "The ends are not joined: the position before the first is the last.");
            Expect.That(Near(given, right), $"For {size} positions some a = K·h differs from the sum of three taps.");
        }
    }

    private static double Tap(double[] w, int ahead, int size) => ahead == 0 ? w[1] : ahead == 1 ? w[2] : ahead == size - 1 ? w[0] : 0;

    private static void JudgeEvening(Func<int, RandomSource, Matrix<double>> answer)
    {
        const int Factors = 500;
        foreach (var n in new[] { 4, 9, 16 })
        {
            var random = new RandomSource((ulong)n);
            var v = Vector<double>.Build.Dense(n, _ => random.NextGaussian()).Normalize(2);
            var (log, first, differs) = (0.0, (Matrix<double>?)null, false);
            for (var k = 0; k < Factors; k++)
            {
                var factor = answer(n, random);
                Expect.Matrix(factor, n, n, $"for n = {n}");
                first ??= factor.Clone();
                differs |= (factor - first).FrobeniusNorm() > 0.1;
                v = factor * v;
                log += Math.Log(v.L2Norm());
                Expect.That(double.IsFinite(log), $"After {k + 1} factors of width {n} nothing is left of the vector, or all is infinite.");
                v = v.Normalize(2);
            }

            Expect.That(differs, "All draws are the same matrix: draw from `random`.");
            Expect.That(
                Math.Abs(log) < 1e-3,
                $"After {Factors} factors of width {n} the length is {Math.Exp(log):G3} times what it was: the terms add up, they do not cancel.");
        }
    }
}
