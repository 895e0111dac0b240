using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter10ExercisesTests
{
    [Fact]
    public void The_positive_weights_decide() => Solved("10.1", (double[] w) => -w.Sum(x => Math.Max(x, 0)));

    [Fact]
    public void All_ones_do_not_excite_most() => Wrong("10.1", (double[] w) => -w.Sum(), "(1, 0)");

    [Fact]
    public void Negative_weights_do_not_count() => Wrong("10.1", (double[] w) => -w.Sum(Math.Abs), "(1, 0)");

    [Fact]
    public void The_bias_is_negative() => Wrong("10.1", (double[] w) => w.Sum(x => Math.Max(x, 0)), "b = −1");

    [Fact]
    public void What_lies_below_zero_counts() => Solved("10.2", (double[] a, double[] delta) => a.Zip(delta, (x, d) => Math.Min(x, 0) * d).Sum());

    [Fact]
    public void What_lies_above_zero_does_not() => Wrong("10.2", (double[] a, double[] delta) => a.Zip(delta, (x, d) => x * d).Sum(), "no part");

    [Fact]
    public void The_pre_activation_is_a_factor() =>
        Wrong("10.2", (double[] a, double[] delta) => a.Zip(delta, (x, d) => x < 0 ? d : 0).Sum(), "0.5·(−2)");

    [Fact]
    public void Way_over_step() => Solved("10.3", (double depth, double alpha, double rate, double g) => (int)Math.Floor(depth / (rate * alpha * -g)) + 1);

    [Fact]
    public void The_leak_must_not_be_forgotten() =>
        Wrong("10.3", (double depth, double alpha, double rate, double g) => (int)Math.Floor(depth / (rate * -g)) + 1, "takes");

    [Fact]
    public void A_stub_is_told_apart() => Wrong("10.3", (double depth, double alpha, double rate, double g) => 0, "No answer yet");

    [Fact]
    public void A_curve_of_straight_pieces_suits_relu() => Solved("10.4", () => (Func<double, (double Value, double Slope)>)Bend);

    [Fact]
    public void A_smooth_curve_does_not() => Wrong("10.4", () => (Func<double, (double, double)>)CurveFit.Wave, "should be a fifth lower");

    [Fact]
    public void A_slope_that_is_not_the_curves_is_noticed() =>
        Wrong("10.4", () => (Func<double, (double, double)>)(x => (Math.Sin(x), Math.Sign(x))), "difference quotient");

    [Fact]
    public void A_straight_line_is_no_contest() => Wrong("10.4", () => (Func<double, (double, double)>)(x => (x, 1)), "straight line");

    private static (double Value, double Slope) Bend(double x) => x < 0 ? (-x, -1) : (x, 1);
}
