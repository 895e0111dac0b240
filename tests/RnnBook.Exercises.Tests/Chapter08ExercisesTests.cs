using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter08ExercisesTests
{
    [Fact]
    public void The_bias_is_the_inverse_of_the_root() =>
        Solved("08.1", (double kept, int steps) => -Math.Log(Math.Pow(kept, -1.0 / steps) - 1));

    [Fact]
    public void A_root_is_no_bias() => Wrong("08.1", (double kept, int steps) => Math.Pow(kept, 1.0 / steps), "σ(0)");

    [Fact]
    public void The_number_of_steps_counts() => Wrong("08.1", (double kept, int steps) => Math.Log(kept / (1 - kept)), "is left after 50 steps");

    [Fact]
    public void The_cell_goes_back_by_its_factors() => Solved("08.2", (LstmStep s, double[] d) => Back(s, d, slope: true, road: s.F));

    [Fact]
    public void A_gate_has_a_slope() => Wrong("08.2", (LstmStep s, double[] d) => Back(s, d, slope: false, road: s.F), "forget gate's pre-activation");

    [Fact]
    public void The_road_back_has_the_forget_gate_on_it() =>
        Wrong("08.2", (LstmStep s, double[] d) => Back(s, d, slope: true, road: s.I), "c_{t−1}");

    [Fact]
    public void A_gate_for_the_mark_and_an_open_road_remember() => Solved("08.3", () => Memory(forget: 100, input: -50, mark: 100));

    [Fact]
    public void A_road_that_leaks_forgets() => Wrong("08.3", () => Memory(forget: 4, input: -50, mark: 100), "at the end");

    [Fact]
    public void An_input_gate_that_is_ajar_lets_everything_in() => Wrong("08.3", () => Memory(forget: 100, input: -5, mark: 100), "at the end");

    [Fact]
    public void Orthogonal_and_quiet_is_a_road() =>
        Solved("08.4", (ulong seed) => Start(seed, Activation.Tanh, Initializer.Orthogonal(), 0.001f));

    [Fact]
    public void A_gaussian_start_is_not() => Wrong("08.4", (ulong seed) => new Rnn(2, 32, Activation.Tanh, new RandomSource(seed)), "vanishes");

    [Fact]
    public void More_than_orthogonal_explodes() =>
        Wrong("08.4", (ulong seed) => Start(seed, Activation.Tanh, Initializer.Orthogonal(1.2f), 1e-9f), "explodes");

    [Fact]
    public void Another_activation_is_another_bet() =>
        Wrong("08.4", (ulong seed) => Start(seed, Activation.Relu, Initializer.Identity(), 0.2f), "with tanh");

    private static (double[] Di, double[] Df, double[] Dg, double[] Dc) Back(LstmStep s, double[] d, bool slope, double[] road)
    {
        double Gate(double gate) => slope ? gate * (1 - gate) : 1;
        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, d.Length).Select(value)];
        return (
            Each(j => d[j] * s.G[j] * Gate(s.I[j])), Each(j => d[j] * s.C[j] * Gate(s.F[j])),
            Each(j => d[j] * s.I[j] * (1 - (s.G[j] * s.G[j]))), Each(j => d[j] * road[j]));
    }

    private static (Lstm Layer, double Scale) Memory(float forget, float input, float mark)
    {
        var lstm = new Lstm(2, 1);
        foreach (var parameter in lstm.Parameters)
        {
            parameter.Value.Clear();
        }

        lstm.BiasIh.Value[0] = input;          // i
        lstm.WeightIh.Value[0, 1] = mark;
        lstm.BiasIh.Value[1] = forget;         // f
        lstm.WeightIh.Value[2, 0] = 0.1f;      // g
        return (lstm, 10);
    }

    private static Rnn Start(ulong seed, Activation f, Initializer recurrent, float sigma)
    {
        var random = new RandomSource(seed);
        return new Rnn(2, 32, f, random).StartFrom(random, recurrent, Initializer.Gaussian(sigma));
    }
}
