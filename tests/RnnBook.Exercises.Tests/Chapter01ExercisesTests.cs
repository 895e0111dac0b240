namespace RnnBook.Exercises.Tests;

/// <summary>Right answers pass, typical wrong ones get a word that helps.</summary>
public class Chapter01ExercisesTests
{
    [Fact]
    public void Right_answers_pass()
    {
        Assert.True(Exercise.Check("01.1", (double x) => Logistic(x) + (x * Logistic(x) * (1 - Logistic(x)))).IsSolved);
        Assert.True(Exercise.Check("01.2", (double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)))).IsSolved);
        Assert.True(Exercise.Check("01.3", (double[] x, double[] y) => Slope(x, y, v => v < 0)).IsSolved);
        Assert.True(Exercise.Check("01.4", (double[] h) => h.Length == 0 ? 0 : (double)h.Count(v => v == 0) / h.Length).IsSolved);
    }

    [Fact]
    public void Swish_without_the_product_rule() => Refuses("one half", Exercise.Check("01.1", (double x) => Logistic(x) * (1 - Logistic(x))));

    [Fact]
    public void Swish_with_the_first_term_only() => Refuses("term missing", Exercise.Check("01.1", (double x) => Logistic(x)));

    [Fact]
    public void Softplus_as_written_overflows() => Refuses("overflows", Exercise.Check("01.2", (double x) => Math.Log(1 + Math.Exp(x))));

    [Fact]
    public void Softplus_turned_round_overflows_on_the_other_side() =>
        Refuses("x = −1000", Exercise.Check("01.2", (double x) => x + Math.Log(1 + Math.Exp(-x))));

    [Fact]
    public void Softplus_that_is_relu() => Refuses("ln 2", Exercise.Check("01.2", (double x) => Math.Max(x, 0)));

    [Fact]
    public void Slope_over_all_points() => Refuses("points above 0", Exercise.Check("01.3", (double[] x, double[] y) => Slope(x, y, _ => true)));

    [Fact]
    public void Slope_as_a_mean_of_ratios() => Refuses("least squares", Exercise.Check("01.3", (double[] x, double[] y) =>
        x.Zip(y).Where(p => p.First < 0).Average(p => p.Second / p.First)));

    [Fact]
    public void Zeros_by_integer_division() => Refuses("integer division", Exercise.Check("01.4", (double[] h) =>
        h.Length == 0 ? 0 : (double)(h.Count(v => v == 0) / h.Length)));

    [Fact]
    public void Zeros_with_a_tolerance() => Refuses("tiny", Exercise.Check("01.4", (double[] h) =>
        h.Length == 0 ? 0 : (double)h.Count(v => Math.Abs(v) < 1e-6) / h.Length));

    [Fact]
    public void Zeros_counted_with_negative_values() => Refuses("Negative", Exercise.Check("01.4", (double[] h) =>
        h.Length == 0 ? 0 : (double)h.Count(v => v <= 0) / h.Length));

    [Fact]
    public void Zeros_of_nothing() => Refuses("NaN", Exercise.Check("01.4", (double[] h) => (double)h.Count(v => v == 0) / h.Length));

    [Fact]
    public void Stubs_say_that_there_is_no_answer()
    {
        Refuses("No answer yet", Exercise.Check("01.1", (double x) => double.NaN));
        Refuses("No answer yet", Exercise.Check("01.2", (double x) => double.NaN));
        Refuses("No answer yet", Exercise.Check("01.3", (double[] x, double[] y) => double.NaN));
        Refuses("No answer yet", Exercise.Check("01.4", (double[] h) => double.NaN));
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static double Slope(double[] x, double[] y, Func<double, bool> counts) =>
        x.Zip(y).Where(p => counts(p.First)).Sum(p => p.First * p.Second) / x.Where(counts).Sum(v => v * v);

    private static void Refuses(string word, ExerciseResult result)
    {
        Assert.False(result.IsSolved);
        Assert.Contains(word, result.Message, StringComparison.Ordinal);
    }
}
