using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter11ExercisesTests
{
    [Fact]
    public void A_third_of_the_length_and_a_little_more() => Solved("11.1", (int n) => (n + 1) / 3.0);

    [Fact]
    public void The_limit_is_not_the_mean() => Wrong("11.1", (int n) => n == 2 ? 1 : n / 3.0, "limit");

    [Fact]
    public void Half_the_length_is_too_far() => Wrong("11.1", (int n) => n / 2.0, "off");

    [Fact]
    public void Blocks_are_averaged() => Solved("11.2", (double[,] image) => Shrunk(image, 4));

    [Fact]
    public void A_pixel_of_each_block_is_no_average() => Wrong("11.2", (double[,] image) => Shrunk(image, 1), "pick a pixel");

    [Fact]
    public void The_same_size_is_no_answer() => Wrong("11.2", (double[,] image) => image, "becomes one of");

    [Fact]
    public void An_accumulator_sums_in_any_order() => Solved("11.3", () => Accumulator(1));

    [Fact]
    public void Without_memory_only_the_last_pixel_is_known() => Wrong("11.3", () => Accumulator(0), "last pixel");

    [Fact]
    public void A_leak_loses_ink() => Wrong("11.3", () => Accumulator(0.9), "instead of");

    [Fact]
    public void A_gated_network_with_a_high_rate_learns_fast() => Solved("11.4", () => ("GRU", "chrono", "Adam", 0.01));

    [Fact]
    public void A_tiny_rate_learns_nothing() => Wrong("11.4", () => ("IRNN", "σ 0.2", "SGD", 1e-5), "are asked for");

    [Fact]
    public void An_unknown_network_is_named() => Wrong("11.4", () => ("MLP", "σ 0.2", "SGD", 0.1), "one of IRNN");

    private static double[,] Shrunk(double[,] image, int of)
    {
        var small = new double[image.GetLength(0) / 2, image.GetLength(1) / 2];
        for (var i = 0; i < small.Length * of; i++)
        {
            var (y, x) = (i / of / small.GetLength(1), i / of % small.GetLength(1));
            small[y, x] += image[(2 * y) + (i % of / 2), (2 * x) + (i % of % 2)] / of;
        }

        return small;
    }

    private static (Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B, Vector<double> V) Accumulator(double keep) => (
        Matrix<double>.Build.Dense(1, 1, 1),
        Matrix<double>.Build.Dense(1, 1, keep),
        Vector<double>.Build.Dense(1),
        Vector<double>.Build.Dense(1, 1.0));
}
