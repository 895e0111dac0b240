using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter05ExercisesTests
{
    [Fact]
    public void The_formula_in_closed_form_counts_a_billion_steps() =>
        Solved("05.1", (long steps, long k) => (Math.Min(steps, k) * (Math.Min(steps, k) + 1) / 2) + (Math.Max(0, steps - k) * k));

    [Fact]
    public void The_first_losses_have_fewer_terms() => Wrong("05.1", (long steps, long k) => steps * k, "fewer steps behind");

    [Fact]
    public void A_window_longer_than_the_sequence_cuts_nothing_off() =>
        Wrong("05.1", (long steps, long k) => (k * (k + 1) / 2) + ((steps - k) * k), "cuts nothing off");

    [Fact]
    public void All_pairs_are_too_many_for_a_window() => Wrong("05.1", (long steps, long k) => steps * (steps + 1) / 2, "there are 7 terms");

    [Fact]
    public void Forward_over_all_and_back_over_the_window_passes() => Solved("05.2", Slope((all, k) => (all, Math.Min(k, all.Length))));

    [Fact]
    public void The_full_walk_is_not_truncated() => Wrong("05.2", Slope((all, k) => (all, all.Length)), "full derivative");

    [Fact]
    public void A_window_that_starts_from_zero_forgets() => Wrong("05.2", Slope((all, k) => ([.. all.TakeLast(k)], Math.Min(k, all.Length))), "state is carried");

    [Fact]
    public void One_share_less_is_found_out() => Wrong("05.2", Slope((all, k) => (all, Math.Min(k - 1, all.Length))), "too many or too few");

    [Fact]
    public void Twice_the_root_of_twice_the_steps_is_the_fewest() => Solved("05.3", (double steps) => 2 * Math.Sqrt(2 * steps));

    [Fact]
    public void The_spacing_is_not_the_memory() => Wrong("05.3", (double steps) => Math.Sqrt(steps / 2), "That is the best m");

    [Fact]
    public void A_segment_keeps_two_matrices_a_step() => Wrong("05.3", (double steps) => 2 * Math.Sqrt(steps), "two matrices a step");

    [Fact]
    public void The_root_is_a_little_too_long() => Wrong("05.3", (double steps) => 3 * Math.Sqrt(steps), "m = √T");

    [Fact]
    public void From_the_identity_a_window_of_one_is_enough() => Solved("05.4", () => (1, 1.0));

    [Fact]
    public void A_long_window_is_not_allowed() => Wrong("05.4", () => (20, 1.0), "longer than allowed");

    [Fact]
    public void A_start_that_fades_has_nothing_to_read() => Wrong("05.4", () => (3, 0.4), "has shrunk");

    [Fact]
    public void A_start_that_bursts_the_range_of_float_is_no_memory() => Wrong("05.4", () => (3, 200.0), "has grown");

    [Theory]
    [InlineData("05.1")]
    [InlineData("05.2")]
    [InlineData("05.3")]
    [InlineData("05.4")]
    public void The_empty_answer_is_told_so(string id)
    {
        Delegate empty = id switch
        {
            "05.1" => (long steps, long k) => -1L,
            "05.2" => (double w, double u, double[] x, int k) => double.NaN,
            "05.3" => (double steps) => double.NaN,
            _ => () => (0, double.NaN),
        };
        Wrong(id, empty, "No answer yet");
    }

    /// <summary>What is read and how many steps are walked back are chosen; the rest is right.</summary>
    private static Func<double, double, double[], int, double> Slope(Func<double[], int, (double[] Read, int Back)> choose) => (w, u, x, k) =>
    {
        var (read, back) = choose(x, k);
        var h = new double[read.Length + 1];
        for (var t = 1; t <= read.Length; t++)
        {
            h[t] = Math.Tanh((w * h[t - 1]) + (u * read[t - 1]));
        }

        var (sum, g) = (0.0, 1.0);
        for (var t = read.Length; t > read.Length - back; t--)
        {
            var delta = g * (1 - (h[t] * h[t]));
            sum += delta * h[t - 1];
            g = w * delta;
        }

        return sum;
    };
}
