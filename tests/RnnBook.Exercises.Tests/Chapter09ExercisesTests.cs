using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter09ExercisesTests
{
    [Fact]
    public void The_recipe_is_a_start() => Solved("09.1", (int inputs, int units, ulong seed) => Start(inputs, units, seed, 0.001, 1, 0));

    [Theory]
    [InlineData(0.1, 1, 0, "standard deviation")]
    [InlineData(0.001, 0.9, 0, "identity")]
    [InlineData(0.001, 1, 0.1, "drifts")]
    public void Another_size_scale_or_bias_is_not_the_recipe(double std, double scale, double bias, string word) =>
        Wrong("09.1", (int inputs, int units, ulong seed) => Start(inputs, units, seed, std, scale, bias), word);

    [Fact]
    public void A_seed_that_is_not_used_is_noticed() =>
        Wrong("09.1", (int inputs, int units, ulong seed) => Start(inputs, units, 1, 0.001, 1, 0), "Another seed");

    [Fact]
    public void The_shapes_of_the_start_are_named() =>
        Wrong("09.1", (int inputs, int units, ulong seed) => Start(units, inputs, seed, 0.001, 1, 0), "W_hh should be 100×100");

    [Fact]
    public void The_variances_add_up() => Solved("09.2", (int k) => k / 12.0);

    [Fact]
    public void A_constant_of_one_is_not_the_best_for_every_k() =>
        Wrong("09.2", (int k) => (k / 12.0) + Math.Pow((k / 2.0) - 1, 2), "k = 1");

    [Fact]
    public void The_baseline_depends_on_k() => Wrong("09.2", (int k) => 1.0 / 6, "variance of one");

    [Fact]
    public void Variances_do_not_add_up_as_squares() => Wrong("09.2", (int k) => k <= 2 ? k / 12.0 : k * k / 24.0, "best constant");

    [Fact]
    public void A_gate_and_an_accumulator_add() => Solved("09.3", () => Adding(1, -1, 1));

    [Fact]
    public void An_accumulator_without_a_gate_adds_everything() => Wrong("09.3", () => Adding(0, 0, 1), "every value");

    [Fact]
    public void The_last_step_must_not_be_missed() => Wrong("09.3", () => Adding(1, -1, 0), "last step");

    [Fact]
    public void A_network_without_weights_is_no_answer() =>
        Wrong("09.3", () => ((Matrix<double>)null!, (Matrix<double>)null!, (Vector<double>)null!, (Vector<double>)null!), "No answer yet");

    [Fact]
    public void A_ring_repeats_in_order() => Solved("09.4", (int n) => Line(n, closed: true));

    [Fact]
    public void An_open_line_is_not_orthogonal() => Wrong("09.4", (int n) => Line(n + 1, closed: false), "not orthogonal");

    [Fact]
    public void The_identity_loses_the_order() =>
        Wrong(
            "09.4",
            (int n) => (Matrix<double>.Build.DenseIdentity(n), Vector<double>.Build.Dense(n, 1.0 / n), Vector<double>.Build.Dense(n, 1.0)),
            "order");

    private static (Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B) Start(
        int inputs, int units, ulong seed, double std, double scale, double bias)
    {
        var random = new RandomSource(seed);
        return (
            Matrix<double>.Build.Dense(units, inputs, (_, _) => std * random.NextGaussian()),
            Matrix<double>.Build.DenseDiagonal(units, units, scale),
            Vector<double>.Build.Dense(units, bias));
    }

    private static (Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B, Vector<double> V) Adding(double marker, double bias, double lastStep) => (
        Matrix<double>.Build.DenseOfArray(new[,] { { 1, marker }, { 0, 0 } }),
        Matrix<double>.Build.DenseOfArray(new[,] { { 0.0, 0 }, { 1, 1 } }),
        Vector<double>.Build.DenseOfArray([bias, 0]),
        Vector<double>.Build.DenseOfArray([lastStep, 1]));

    /// <summary>Units that hand their number on; in a closed line the last one hands it to the first.</summary>
    private static (Matrix<double> W, Vector<double> U, Vector<double> V) Line(int units, bool closed) => (
        Matrix<double>.Build.Dense(units, units, (i, j) => i == j + 1 || (closed && i == 0 && j == units - 1) ? 1 : 0),
        Vector<double>.Build.Dense(units, i => i == 0 ? 1 : 0),
        Vector<double>.Build.Dense(units, i => i == (closed ? 0 : units - 1) ? 1 : 0));
}
