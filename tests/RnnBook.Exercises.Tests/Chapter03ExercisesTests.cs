using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter03ExercisesTests
{
    [Fact]
    public void One_against_zeros_is_the_best_that_softmax_can_get() => Solved("03.1", (int k) => -Math.Log(Math.E / (Math.E + k - 1)));

    [Fact]
    public void The_loss_cannot_be_zero() => Wrong("03.1", (int k) => 0.0, "cannot get to 0");

    [Fact]
    public void Guessing_is_not_the_best() => Wrong("03.1", (int k) => Math.Log(k), "guessing");

    [Fact]
    public void All_K_others_are_one_too_many() => Wrong("03.1", (int k) => -Math.Log(Math.E / (Math.E + k)), "Not the floor");

    [Fact]
    public void Running_rows_step_and_others_stand() =>
        Solved("03.2", Mask((net, before, lengths, t, s, j) => t <= lengths[s] ? Math.Max(0, net[s, j]) : before[s, j]));

    [Fact]
    public void A_wiped_state_is_found_out() =>
        Wrong("03.2", Mask((net, before, lengths, t, s, j) => t <= lengths[s] ? Math.Max(0, net[s, j]) : 0), "wiped");

    [Fact]
    public void Stopping_a_step_early_is_found_out() =>
        Wrong("03.2", Mask((net, before, lengths, t, s, j) => t < lengths[s] ? Math.Max(0, net[s, j]) : before[s, j]), "still running");

    [Fact]
    public void Never_stopping_is_found_out() => Wrong("03.2", Mask((net, before, lengths, t, s, j) => Math.Max(0, net[s, j])), "has ended");

    [Fact]
    public void A_masked_step_needs_its_ReLU() =>
        Wrong("03.2", Mask((net, before, lengths, t, s, j) => t <= lengths[s] ? net[s, j] : before[s, j]), "ReLU is missing");

    [Fact]
    public void What_ReLU_takes_the_gain_gives_back() => Solved("03.3", () => Math.Sqrt(2));

    [Fact]
    public void The_usual_gain_drowns() => Wrong("03.3", () => 1 / Math.Sqrt(3), "drowns");

    [Fact]
    public void A_gain_of_one_is_for_linear_networks() => Wrong("03.3", () => 1.0, "drowns");

    [Fact]
    public void Twice_as_much_shouts() => Wrong("03.3", () => 2.0, "shouts");

    [Fact]
    public void Two_units_keep_the_parity() => Solved("03.4", Weights([1, 1], new[,] { { 1.0, -2 }, { 1, -2 } }, [0, -1], [1, -2]));

    [Fact]
    public void A_counter_is_no_parity() => Wrong("03.4", Weights([1], new[,] { { 1.0 } }, [0], [1]), "counts");

    [Fact]
    public void The_last_two_bits_are_not_enough() =>
        Wrong("03.4", Weights([1, 1, 1], new[,] { { 0.0, 0, 1 }, { 0, 0, 1 }, { 0, 0, 0 } }, [0, -1, 0], [1, -2, 0]), "For 1 1 1 the answer should be 1");

    [Fact]
    public void Shapes_that_do_not_fit_are_named() => Wrong("03.4", Weights([1, 1], new[,] { { 1.0 } }, [0, -1], [1, -2]), "shapes");

    [Theory]
    [InlineData("03.1")]
    [InlineData("03.2")]
    [InlineData("03.3")]
    [InlineData("03.4")]
    public void The_empty_answer_is_told_so(string id)
    {
        Delegate empty = id switch
        {
            "03.1" => (int k) => double.NaN,
            "03.3" => () => double.NaN,
            "03.2" => (Matrix<double> net, Matrix<double> before, int[] lengths, int t) => (Matrix<double>)null!,
            _ => () => ((Matrix<double>)null!, (Matrix<double>)null!, (Vector<double>)null!, (Vector<double>)null!),
        };
        Wrong(id, empty, "No answer yet");
    }

    private static Func<Matrix<double>, Matrix<double>, int[], int, Matrix<double>> Mask(
        Func<Matrix<double>, Matrix<double>, int[], int, int, int, double> entry) =>
        (net, before, lengths, t) => Matrix<double>.Build.Dense(net.RowCount, net.ColumnCount, (s, j) => entry(net, before, lengths, t, s, j));

    private static Delegate Weights(double[] wxh, double[,] whh, double[] b, double[] v) => () => (
        Matrix<double>.Build.Dense(wxh.Length, 1, wxh), Matrix<double>.Build.DenseOfArray(whh),
        Vector<double>.Build.DenseOfArray(b), Vector<double>.Build.DenseOfArray(v));
}
