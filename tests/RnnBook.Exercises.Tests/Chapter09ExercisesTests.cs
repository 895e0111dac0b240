using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter09ExercisesTests
{
    [Fact]
    public void A_gate_and_an_accumulator_add() => Solved("09.1", () => Adding(1, -1, 1));

    [Fact]
    public void An_accumulator_without_a_gate_adds_everything() => Wrong("09.1", () => Adding(0, 0, 1), "every value");

    [Fact]
    public void The_last_step_must_not_be_missed() => Wrong("09.1", () => Adding(1, -1, 0), "last step");

    [Fact]
    public void A_network_without_weights_is_no_answer() =>
        Wrong("09.1", () => ((Matrix<double>)null!, (Matrix<double>)null!, (Vector<double>)null!, (Vector<double>)null!), "No answer yet");

    [Fact]
    public void A_ring_repeats_in_order() => Solved("09.2", (int n) => Line(n, closed: true));

    [Fact]
    public void An_open_line_is_not_orthogonal() => Wrong("09.2", (int n) => Line(n + 1, closed: false), "not orthogonal");

    [Fact]
    public void The_identity_loses_the_order() =>
        Wrong(
            "09.2",
            (int n) => (Matrix<double>.Build.DenseIdentity(n), Vector<double>.Build.Dense(n, 1.0 / n), Vector<double>.Build.Dense(n, 1.0)),
            "order");

    [Fact]
    public void Chrono_biases_and_a_brisk_rate_win() => Solved("09.3", (int units, int steps, ulong seed) => Chrono(units, steps, seed, 0.02));

    [Fact]
    public void A_slow_rate_loses() => Wrong("09.3", (int units, int steps, ulong seed) => Chrono(units, steps, seed, 1e-4), "The identity wins");

    [Fact]
    public void A_gate_that_never_forgets_loses() =>
        Wrong("09.3", (int units, int steps, ulong seed) => (Enumerable.Repeat(10.0, units).ToArray(), new double[units], 0.02), "The identity wins");

    [Fact]
    public void Biases_are_counted() => Wrong("09.3", (int units, int steps, ulong seed) => (new double[1], new double[1], 0.01), "32 biases");

    [Fact]
    public void No_biases_are_no_answer() =>
        Wrong("09.3", (int units, int steps, ulong seed) => ((double[])null!, (double[])null!, double.NaN), "No answer yet");

    [Fact]
    public void A_rate_that_is_no_number_is_refused() =>
        Wrong("09.3", (int units, int steps, ulong seed) => (new double[units], new double[units], double.NaN), "learning rate");

    private static (double[] Forget, double[] Input, double Rate) Chrono(int units, int steps, ulong seed, double rate)
    {
        var random = new RandomSource(seed);
        double[] forget = [.. Enumerable.Range(0, units).Select(_ => Math.Log(random.NextUniform(1, steps - 1)))];
        return (forget, [.. forget.Select(b => -b)], rate);
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
