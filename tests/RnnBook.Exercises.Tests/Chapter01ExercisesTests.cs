using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

/// <summary>Right answers pass, typical wrong ones get a word that helps.</summary>
public sealed class Chapter01ExercisesTests
{
    [Fact]
    public void Right_answers_pass()
    {
        Solved("01.1", (double x) => Logistic(x) + (x * Logistic(x) * (1 - Logistic(x))));
        Solved("01.2", (double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))));
        Solved("01.3", (double[] x, double[] y) => Slope(x, y, v => v < 0));
        Solved("01.4", () => (TimeConstant: 150.0, DeadTime: 0.5));
    }

    [Fact]
    public void Swish_without_the_product_rule() => Wrong("01.1", (double x) => Logistic(x) * (1 - Logistic(x)), "one half");

    [Fact]
    public void Swish_with_the_first_term_only() => Wrong("01.1", (double x) => Logistic(x), "term missing");

    [Fact]
    public void Softplus_as_written_overflows() => Wrong("01.2", (double x) => Math.Log(1 + Math.Exp(x)), "overflows");

    [Fact]
    public void Softplus_turned_round_overflows_on_the_other_side() =>
        Wrong("01.2", (double x) => x + Math.Log(1 + Math.Exp(-x)), "x = −1000");

    [Fact]
    public void Softplus_that_is_relu() => Wrong("01.2", (double x) => Math.Max(x, 0), "ln 2");

    [Fact]
    public void Slope_over_all_points() => Wrong("01.3", (double[] x, double[] y) => Slope(x, y, _ => true), "points above 0");

    [Fact]
    public void Slope_as_a_mean_of_ratios() => Wrong("01.3", (double[] x, double[] y) =>
        x.Zip(y).Where(p => p.First < 0).Average(p => p.Second / p.First), "least squares");

    [Fact]
    public void Another_neuron_with_the_same_ratio_is_as_good() => Solved("01.4", () => (TimeConstant: 300.0, DeadTime: 1.0));

    [Theory]
    [InlineData(20, 2, "bends away")]
    [InlineData(100, 0.5, "bends away")]
    [InlineData(150, 0.1, "at least 0.5")]
    [InlineData(1e6, 1, "between 0 and 1000")]
    public void A_neuron_that_is_no_relu_is_told_why(double constant, double dead, string word) =>
        Wrong("01.4", () => (TimeConstant: constant, DeadTime: dead), word);

    [Fact]
    public void Stubs_say_that_there_is_no_answer()
    {
        Wrong("01.1", (double x) => double.NaN, "No answer yet");
        Wrong("01.2", (double x) => double.NaN, "No answer yet");
        Wrong("01.3", (double[] x, double[] y) => double.NaN, "No answer yet");
        Wrong("01.4", () => (TimeConstant: double.NaN, DeadTime: double.NaN), "No answer yet");
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static double Slope(double[] x, double[] y, Func<double, bool> counts) =>
        x.Zip(y).Where(p => counts(p.First)).Sum(p => p.First * p.Second) / x.Where(counts).Sum(v => v * v);
}
