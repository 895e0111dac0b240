using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

/// <summary>Right answers pass, typical wrong ones get a word that helps.</summary>
public sealed class Chapter00ExercisesTests
{
    [Fact]
    public void Right_answers_pass()
    {
        Solved("00.1", (double w, int n) => Enumerable.Repeat(w, n).Aggregate(1.0, (product, v) => product * v));
        Solved("00.2", (double w) => Math.Ceiling(Math.Log(0.5) / Math.Log(w)));
        Solved("00.3", Times);
        Solved("00.4", () => (new double[,] { { 0.9, 10 }, { 0, 0.9 } }, new double[] { 0, 1 }));
        Solved("00.4", () => (new double[,] { { 0, 0 }, { 100, 0.9 } }, new double[] { 1, 0 }));
    }

    [Fact]
    public void Power_that_starts_from_w_counts_a_step_too_many() =>
        Wrong("00.1", (double w, int n) => Math.Pow(w, n + 1), "one step");

    [Fact]
    public void Power_that_multiplies_instead() =>
        Wrong("00.1", (double w, int n) => n == 1 ? w : w * n, "No step");

    [Fact]
    public void Half_without_rounding() => Wrong("00.2", (double w) => Math.Log(0.5) / Math.Log(w), "whole");

    [Fact]
    public void Half_rounded_down() => Wrong("00.2", (double w) => Math.Floor(Math.Log(0.5) / Math.Log(w)), "more than one half");

    [Fact]
    public void Half_a_step_late() => Wrong("00.2", (double w) => Math.Ceiling(Math.Log(0.5) / Math.Log(w)) + 1, "smallest");

    [Fact]
    public void Product_with_the_transpose() => Wrong("00.3", (double[,] w, double[] h) =>
    {
        var turned = new double[w.GetLength(1), w.GetLength(0)];
        for (var i = 0; i < w.GetLength(0); i++)
        {
            for (var j = 0; j < w.GetLength(1); j++)
            {
                turned[j, i] = w[i, j];
            }
        }

        return Times(turned, h);
    }, "rows and columns");

    [Fact]
    public void Product_as_long_as_its_input() => Wrong("00.3", (double[,] w, double[] h) =>
        Times(w, h).Concat(new double[h.Length]).Take(h.Length).ToArray(), "gives 2 numbers, not 3");

    [Fact]
    public void Product_element_by_element() => Wrong("00.3", (double[,] w, double[] h) =>
        h.Select((v, i) => w[i, i] * v).ToArray(), "rows and columns");

    [Fact]
    public void A_matrix_that_grows_for_ever() =>
        Wrong("00.4", () => (new double[,] { { 1.3, 0 }, { 0, 1.3 } }, new double[] { 0, 1 }), "spectral radius is 1.3");

    [Fact]
    public void A_matrix_that_only_shrinks() =>
        Wrong("00.4", () => (new double[,] { { 0.9, 0 }, { 0, 0.9 } }, new double[] { 0, 1 }), "is 0.349 long");

    [Fact]
    public void A_vector_that_was_long_from_the_start() =>
        Wrong("00.4", () => (new double[,] { { 0.9, 0 }, { 0, 0.9 } }, new double[] { 0, 100 }), "length should be 1");

    [Fact]
    public void Stubs_say_that_there_is_no_answer()
    {
        Wrong("00.4", () => ((double[,])null!, (double[])null!), "No answer yet");
        Wrong("00.2", (double w) => double.NaN, "No answer yet");
        Wrong("00.3", (double[,] w, double[] h) => Array.Empty<double>(), "No answer yet");
    }

    private static double[] Times(double[,] w, double[] h)
    {
        var a = new double[w.GetLength(0)];
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < w.GetLength(1); j++)
            {
                a[i] += w[i, j] * h[j];
            }
        }

        return a;
    }
}
