using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter04ExercisesTests
{
    private delegate (Vector<double> Delta, Matrix<double> Share, Vector<double> ToBefore) StepBack(
        Vector<double> g, Vector<double> a, Vector<double> before, Matrix<double> w);

    private delegate bool Referee(Func<double[], double> loss, Func<double[], double[]> gradient, double[] at);

    [Fact]
    public void The_three_lines_of_a_backward_step_pass() => Solved("04.1", Step((d, before, w) => (d, d.OuterProduct(before), w.TransposeThisAndMultiply(d))));

    [Fact]
    public void A_forgotten_transposition_is_found_out() =>
        Wrong("04.1", Step((d, before, w) => (d, d.OuterProduct(before), w * d)), "transposed matrix");

    [Fact]
    public void A_transposed_share_is_found_out() =>
        Wrong("04.1", Step((d, before, w) => (d, before.OuterProduct(d), w.TransposeThisAndMultiply(d))), "share is transposed");

    [Fact]
    public void The_state_after_is_not_the_state_before() => Wrong(
        "04.1",
        (StepBack)((g, a, _, w) => (Delta(g, a), Delta(g, a).OuterProduct(a.PointwiseTanh()), w.TransposeThisAndMultiply(Delta(g, a)))),
        "uses h_t");

    [Fact]
    public void The_value_is_not_the_slope() => Wrong(
        "04.1",
        (StepBack)((g, a, before, w) => (g.PointwiseMultiply(a.PointwiseTanh()), g.OuterProduct(before), w.TransposeThisAndMultiply(g))),
        "derivative");

    [Fact]
    public void Going_around_the_activation_function_is_found_out() => Wrong(
        "04.1",
        (StepBack)((g, a, before, w) => (Delta(g, a), Delta(g, a).OuterProduct(before), w.TransposeThisAndMultiply(g))),
        "skips the activation");

    [Fact]
    public void The_recursion_with_the_slope_passes() => Solved("04.2", Chain(h => h * (1 - h), recursion: true));

    [Fact]
    public void The_articles_formula_is_found_out() => Wrong("04.2", Chain(h => h, recursion: false), "article's formula");

    [Fact]
    public void A_missing_recursion_is_found_out() => Wrong("04.2", Chain(h => h * (1 - h), recursion: false), "recursion is missing");

    [Fact]
    public void The_sigmoid_is_not_its_derivative() => Wrong("04.2", Chain(h => h, recursion: true), "derivative σ(1 − σ)");

    [Fact]
    public void Where_the_two_errors_undo_each_other_the_article_is_right() => Solved("04.3", At(2, 1, -1));

    [Fact]
    public void Any_other_place_is_wrong_by_more() => Wrong("04.3", At(2, 1, 0), "true derivative is");

    [Fact]
    public void A_saturated_unit_has_nothing_to_be_right_about() => Wrong("04.3", At(2, 100, -1), "saturated");

    [Fact]
    public void Without_recurrence_it_is_no_recurrent_network() => Wrong("04.3", At(0, 1, -1), "hardly a recurrence");

    [Fact]
    public void Central_differences_with_a_relative_tolerance_pass() => Solved("04.4", Check(5e-6, (size, loss) => (1e-6 * size) + (1e-10 * loss)));

    [Fact]
    public void A_fixed_tolerance_misses_small_gradients() => Wrong("04.4", Check(5e-6, (_, _) => 1e-4), "passes");

    [Fact]
    public void A_tiny_step_calls_right_gradients_wrong() => Wrong("04.4", Check(1e-14, (size, _) => 1e-6 * size), "called wrong");

    [Fact]
    public void A_wide_tolerance_lets_a_thousandth_pass() => Wrong("04.4", Check(5e-6, (size, _) => 0.1 * size), "passes");

    [Fact]
    public void One_entry_is_not_enough() => Wrong(
        "04.4",
        (Referee)((loss, gradient, at) => Math.Abs(gradient(at)[0] - Differences(loss, at, 5e-6)[0]) <= 1e-6 * Math.Abs(gradient(at)[0])),
        "every entry");

    [Fact]
    public void Purely_relative_has_no_room_where_the_gradient_is_zero() => Wrong("04.4", Check(5e-6, (size, _) => 1e-6 * size), "purely relative");

    [Theory]
    [InlineData("04.1")]
    [InlineData("04.2")]
    [InlineData("04.3")]
    [InlineData("04.4")]
    public void The_empty_answer_is_told_so(string id)
    {
        Delegate empty = id switch
        {
            "04.1" => (StepBack)((_, _, _, _) => (null!, null!, null!)),
            "04.2" => (double w, double u, double[] x) => double.NaN,
            "04.3" => () => (double.NaN, double.NaN, (double[])null!),
            _ => (Referee)((_, _, _) => throw new NotImplementedException("no answer yet")),
        };
        Wrong(id, empty, id == "04.4" ? "no answer yet" : "No answer yet");
    }

    private static Func<(double W, double U, double[] X)> At(double w, double u, double x) =>
        () => (w, u, [.. Enumerable.Repeat(x, 20)]);

    private static StepBack Step(Func<Vector<double>, Vector<double>, Matrix<double>, (Vector<double> Delta, Matrix<double> Share, Vector<double> ToBefore)> rest) =>
        (g, a, before, w) => rest(Delta(g, a), before, w);

    private static Vector<double> Delta(Vector<double> g, Vector<double> a) => g.PointwiseMultiply(a.Map(z => 1 - (Math.Tanh(z) * Math.Tanh(z))));

    private static Func<double, double, double[], double> Chain(Func<double, double> factor, bool recursion) => (w, u, x) =>
    {
        var (h, dh) = (0.0, 0.0);
        foreach (var read in x)
        {
            var next = 1 / (1 + Math.Exp(-((w * h) + (u * read))));
            dh = factor(next) * (h + (recursion ? w * dh : 0));
            h = next;
        }

        return dh;
    };

    private static Referee Check(double step, Func<double, double, double> allowed) => (loss, gradient, at) =>
    {
        var (claimed, measured) = (gradient(at), Differences(loss, at, step));
        var size = claimed.Concat(measured).Max(Math.Abs);
        return claimed.Zip(measured, (c, m) => Math.Abs(c - m)).All(d => d <= allowed(size, Math.Abs(loss(at))));
    };

    private static double[] Differences(Func<double[], double> loss, double[] at, double step) => [.. at.Select((w, i) =>
    {
        var (up, down) = ((double[])at.Clone(), (double[])at.Clone());
        (up[i], down[i]) = (w + step, w - step);
        return (loss(up) - loss(down)) / (up[i] - down[i]);
    })];
}
