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
        Solved("01.4", (double[] h) => h.Length == 0 ? 0 : (double)h.Count(v => v == 0) / h.Length);
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
    public void Zeros_by_integer_division() => Wrong("01.4", (double[] h) =>
        h.Length == 0 ? 0 : (double)(h.Count(v => v == 0) / h.Length), "integer division");

    [Fact]
    public void Zeros_with_a_tolerance() => Wrong("01.4", (double[] h) =>
        h.Length == 0 ? 0 : (double)h.Count(v => Math.Abs(v) < 1e-6) / h.Length, "tiny");

    [Fact]
    public void Zeros_counted_with_negative_values() => Wrong("01.4", (double[] h) =>
        h.Length == 0 ? 0 : (double)h.Count(v => v <= 0) / h.Length, "Negative");

    [Fact]
    public void Zeros_of_nothing() => Wrong("01.4", (double[] h) => (double)h.Count(v => v == 0) / h.Length, "NaN");

    [Fact]
    public void Stubs_say_that_there_is_no_answer()
    {
        Wrong("01.1", (double x) => double.NaN, "No answer yet");
        Wrong("01.2", (double x) => double.NaN, "No answer yet");
        Wrong("01.3", (double[] x, double[] y) => double.NaN, "No answer yet");
        Wrong("01.4", (double[] h) => double.NaN, "No answer yet");
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static double Slope(double[] x, double[] y, Func<double, bool> counts) =>
        x.Zip(y).Where(p => counts(p.First)).Sum(p => p.First * p.Second) / x.Where(counts).Sum(v => v * v);
}
