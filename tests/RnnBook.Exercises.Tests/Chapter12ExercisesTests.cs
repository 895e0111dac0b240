using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter12ExercisesTests
{
    [Fact]
    public void Scores_over_the_temperature_make_chances() => Solved("12.1", (double[] scores, double temperature) => Chances(scores, 1 / temperature, true));

    [Fact]
    public void A_temperature_that_multiplies_is_upside_down() =>
        Wrong("12.1", (double[] scores, double temperature) => Chances(scores, temperature, true), "surer");

    [Fact]
    public void An_exponential_that_overflows_is_noticed() =>
        Wrong("12.1", (double[] scores, double temperature) => Chances(scores, 1 / temperature, false), "overflows");

    [Fact]
    public void The_mean_of_the_bits() => Solved("12.2", (double[] chances) => chances.Average(p => -Math.Log2(p)));

    [Fact]
    public void Nats_are_no_bits() => Wrong("12.2", (double[] chances) => chances.Average(p => -Math.Log(p)), "unit");

    [Fact]
    public void The_bits_of_the_mean_chance_are_something_else() => Wrong("12.2", (double[] chances) => -Math.Log2(chances.Average()), "over the bits");

    [Fact]
    public void Two_units_know_whether_a_quotation_is_open() => Solved("12.3", () => Quotes(-1));

    [Fact]
    public void A_counter_does_not_close() => Wrong("12.3", () => Quotes(1), "counts the marks");

    [Fact]
    public void No_weights_are_no_answer() =>
        Wrong("12.3", () => ((Matrix<double>)null!, (Matrix<double>)null!, (Vector<double>)null!, (Vector<double>)null!), "No answer yet");

    [Fact]
    public void A_high_rate_of_gradient_descent_needs_a_clip() => Solved("12.4", () => ("SGD", 1.0));

    [Fact]
    public void A_small_rate_needs_none() => Wrong("12.4", () => ("Adam", 0.003), "does not matter");

    [Fact]
    public void A_rate_so_high_that_the_clip_does_not_help_is_no_answer() => Wrong("12.4", () => ("SGD", 1000.0), "With the clip too");

    private static double[] Chances(double[] scores, double factor, bool shifted)
    {
        var powers = scores.Select(score => Math.Exp((score - (shifted ? scores.Max() : 0)) * factor)).ToArray();
        return [.. powers.Select(power => power / powers.Sum())];
    }

    /// <summary>|s − q| by two units; with +1 for the mark they count.</summary>
    private static (Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B, Vector<double> V) Quotes(double mark) => (
        Matrix<double>.Build.DenseOfArray(new[,] { { mark }, { -mark } }),
        Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 1 }, { -1, -1 } }),
        Vector<double>.Build.Dense(2),
        Vector<double>.Build.Dense(2, 1.0));
}
