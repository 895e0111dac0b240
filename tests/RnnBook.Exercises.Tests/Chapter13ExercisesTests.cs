using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter13ExercisesTests
{
    [Fact]
    public void The_wave_forgets_by_its_cosine() => Solved("13.1", (double omega, int k) => 2 * (1 - Math.Cos(omega * k)));

    [Fact]
    public void Both_values_vary() => Wrong("13.1", (double omega, int k) => 1 - Math.Cos(omega * k), "Half a period");

    [Fact]
    public void The_horizon_counts() => Wrong("13.1", (double omega, int k) => 2 * (1 - Math.Cos(omega)), "k = 5");

    [Fact]
    public void Two_weights_do() => Solved("13.2", (double omega) => (2 * Math.Cos(omega), -1.0));

    [Fact]
    public void Persistence_with_a_slope_is_not_exact() => Wrong("13.2", (double omega) => (2.0, -1.0), "missed");

    [Fact]
    public void The_second_weight_is_not_plus_one() => Wrong("13.2", (double omega) => (2 * Math.Cos(omega), 1.0), "missed");

    [Fact]
    public void Matrices_and_biases_count() =>
        Solved("13.3", (int first, int second) => (first * (first + 2)) + (second * (first + second + 1)) + second + 1);

    [Fact]
    public void Two_biases_a_unit_are_PyTorchs() =>
        Wrong("13.3", (int first, int second) => (first * (first + 3)) + (second * (first + second + 2)) + second + 1, "biases");

    [Fact]
    public void The_head_has_a_bias() => Wrong("13.3", (int first, int second) => (first * (first + 2)) + (second * (first + second + 1)) + second, "biases");

    [Fact]
    public void A_bent_map_is_no_match_for_a_line() => Solved("13.4", () => Map(3.9));

    [Fact]
    public void A_wave_is_foretold_by_a_line() => Wrong("13.4", () => Enumerable.Range(0, 1200).Select(t => Math.Sin(0.3 * t)).ToArray(), "linear rule");

    [Fact]
    public void A_series_that_rests_is_none() => Wrong("13.4", () => Map(2), "hardly moves");

    private static double[] Map(double r)
    {
        var x = new double[1500];
        x[0] = 0.3;
        for (var t = 1; t < x.Length; t++)
        {
            x[t] = r * x[t - 1] * (1 - x[t - 1]);
        }

        return x;
    }
}
