using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter15ExercisesTests
{
    private static readonly ClaimBook Claims = ClaimBook.Load(Path.Combine(Clone.Root, "data", "claims.json"));

    [Fact]
    public void The_interval_decides() => Solved("15.1", (double[] runs, double threshold) => Decide(Interval.OfMedian(runs), threshold));

    [Fact]
    public void The_median_alone_does_not() => Wrong(
        "15.1",
        (double[] runs, double threshold) => runs.Order().ElementAt(runs.Length / 2) >= threshold ? "holds" : "fails",
        "lies on both sides");

    [Fact]
    public void The_range_asks_for_too_much() => Wrong(
        "15.1", (double[] runs, double threshold) => Decide(new Interval(runs.Min(), runs.Max()), threshold), "You say \"undecided\"");

    [Fact]
    public void Another_word_is_named() => Wrong("15.1", (double[] runs, double threshold) => "yes", "none of");

    [Fact]
    public void Seeds_are_counted_up_until_the_interval_begins_above() => Solved("15.2", (double threshold, int failures) =>
    {
        var n = failures + 1;
        while (Interval.OfShare(n - failures, n).Low < threshold)
        {
            n++;
        }

        return n;
    });

    [Fact]
    public void The_share_itself_needs_fewer_runs_and_decides_nothing() => Wrong(
        "15.2", (double threshold, int failures) => (int)Math.Max(1, Math.Ceiling(failures / (1 - threshold))), "too few");

    [Fact]
    public void More_runs_than_it_takes_are_no_answer() => Wrong("15.2", (double threshold, int failures) => 1000, "more than it takes");

    [Fact]
    public void Smaller_factors_overturn_the_product_that_blows_up() => Solved("15.3", () => Product(0.5));

    [Fact]
    public void The_claim_as_it_stands_stays() => Wrong("15.3", () => Product(1), "stays reproduced");

    [Fact]
    public void A_constant_was_not_measured() =>
        Wrong("15.3", () => (Claims["P11"], "log10-norm", (Func<ulong, double>)(_ => -3)), "does not depend on the seed");

    [Fact]
    public void A_number_that_does_not_come_again_was_not_measured()
    {
        var calls = 0;
        Wrong("15.3", () => (Claims["P11"], "log10-norm", (Func<ulong, double>)(_ => -3 - calls++)), "same seed");
    }

    [Fact]
    public void Both_sides_of_the_threshold_decide_nothing() => Wrong(
        "15.3", () => (Claims["P11"], "log10-norm", (Func<ulong, double>)(seed => 10 + Math.Sin(seed))), "on both sides");

    [Fact]
    public void The_claim_s_criteria_are_named() =>
        Wrong("15.3", () => (Claims["P11"], "norm", (Func<ulong, double>)(seed => seed)), "log10-norm");

    private static string Decide(Interval interval, double threshold) =>
        interval.Low >= threshold ? "holds" : interval.High < threshold ? "fails" : "undecided";

    /// <summary>log10 of the norm of a product of 100 Gaussian 4×4 matrices of this standard deviation.</summary>
    private static (Claim Claim, string Criterion, Func<ulong, double> Measure) Product(double deviation)
    {
        double Measure(ulong seed)
        {
            var random = new RandomSource(seed);
            var product = Matrix<double>.Build.DenseIdentity(4);
            for (var i = 0; i < 100; i++)
            {
                product = Matrix<double>.Build.Dense(4, 4, (_, _) => deviation * random.NextGaussian()) * product;
            }

            return Math.Log10(product.FrobeniusNorm());
        }

        return (Claims["P11"], "log10-norm", Measure);
    }
}
