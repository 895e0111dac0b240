namespace RnnBook;

/// <summary>Chapter 01, A neuron and its bend.</summary>
internal static class Chapter01Exercises
{
    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<double, double>>(
            "01.1",
            "The derivative of Swish",
            [
                "Swish is a product, x·σ(x): use the product rule.",
                "The derivative of σ is σ·(1 − σ).",
            ],
            "(double x) → double",
            answer =>
            {
                Expect.Close(answer(0), 0.5, 1e-12, "At x = 0 the slope of Swish is one half.");
                Expect.Close(answer(30), 1, 1e-9, "Far to the right Swish is x itself: what is its slope there?");
                Expect.Close(answer(-30), 0, 1e-9, "Far to the left Swish is flat: its slope goes to 0.");
                Expect.That(answer(3) > 1, "Around x = 3 the slope of Swish is a little above 1: is a term missing?");
                Expect.That(answer(-3) < 0, "Left of its minimum Swish falls: the slope at x = −3 is negative.");
                for (var x = -8.0; x <= 8; x += 0.37)
                {
                    const double step = 1e-5;
                    var slope = (Activation.Swish.Value(x + step) - Activation.Swish.Value(x - step)) / (2 * step);
                    Expect.Close(answer(x), slope, 1e-8, $"At x = {x:F2} your slope is {answer(x):G6}, but the central difference says {slope:G6}.");
                }
            }),
        new Exercise<Func<double, double>>(
            "01.2",
            "A softplus that does not overflow",
            [
                "Which part of ln(1 + eˣ) overflows, and for which sign of x?",
                "Take eˣ out of the logarithm: ln(1 + eˣ) = x + ln(1 + e⁻ˣ). Use each form where it is safe.",
                "Both forms at once: max(x, 0) + ln(1 + e^(−|x|)).",
            ],
            "(double x) → double",
            answer =>
            {
                Expect.Close(answer(0), Math.Log(2), 1e-12, "At x = 0 softplus is ln 2.");
                Expect.Close(answer(1), Math.Log(1 + Math.E), 1e-12, "At x = 1 the result is not ln(1 + e).");
                Expect.Close(answer(-20), Activation.Softplus.Value(-20.0), 1e-12, "At x = −20 softplus is e⁻²⁰, nearly: small, but not negative.");
                Expect.That(double.IsFinite(answer(1000)), "At x = 1000 the result is not finite: eˣ overflows.");
                Expect.Close(answer(1000), 1000, 1e-12, "At x = 1000 softplus is x, to all digits.");
                Expect.That(double.IsFinite(answer(-1000)), "At x = −1000 the result is not finite: now e⁻ˣ overflows.");
                Expect.Close(answer(-1000), 0, 1e-12, "At x = −1000 softplus is 0, to all digits.");
                for (var x = -60.0; x <= 60; x += 1.3)
                {
                    Expect.Close(answer(x), Activation.Softplus.Value(x), 1e-12, $"At x = {x:F1} the result is not ln(1 + eˣ).");
                }
            }),
        new Exercise<Func<double[], double[], double>>(
            "01.3",
            "The slope of a Leaky ReLU, from data",
            [
                "Points with x > 0 say nothing about the slope below 0: leave them out.",
                "Among lines a·x through 0 the best one by least squares has a = Σxy/Σx².",
            ],
            "(double[] x, double[] y) → double",
            answer =>
            {
                Expect.Close(answer([-2, -1, 1, 2], [-0.2, -0.1, 1, 2]), 0.1, 1e-12, "For y = 0.1·x below 0 and y = x above the slope is 0.1: do points above 0 get in?");
                Expect.Close(answer([-4, 3, 5], [0, 3, 5]), 0, 1e-12, "That was plain ReLU: its slope below 0 is 0.");
                Expect.Close(answer([-1, -3], [0.5, 1.5]), -0.5, 1e-12, "A learned slope may be negative.");
                Expect.Close(answer([-1, -10, 7], [-0.3, -1.0, 7]), 10.3 / 101, 1e-12, "With noise the least squares are wanted: a point far from 0 tells more about the slope than a near one.");

                var random = new RandomSource(5);
                var x = new double[2000];
                var y = new double[x.Length];
                for (var i = 0; i < x.Length; i++)
                {
                    x[i] = random.NextGaussian();
                    y[i] = (x[i] > 0 ? x[i] : 0.25 * x[i]) + (0.05 * random.NextGaussian());
                }

                Expect.Close(answer(x, y), 0.25, 0.01, "2000 noisy points of a Leaky ReLU with slope 0.25 give something else.");
            }),
        new Exercise<Func<(double TimeConstant, double DeadTime)>>(
            "01.4",
            "Overturn a verdict: a neuron that is a ReLU",
            [
                "What bends the rate away from a straight line? Try a dead time of 0 in the chapter's figure.",
                "Write r = 1/(d + τ·ln(I/(I − 1))) with time measured in units of τ: which single number is left?",
            ],
            "() → (double timeConstant, double deadTime)",
            answer => JudgeNeuron(answer())),
    ];

    /// <summary>What the claim "ReLU imitates the way neurons fire" asks for as stated, of one neuron.</summary>
    private static void JudgeNeuron((double TimeConstant, double DeadTime) neuron)
    {
        var (constant, dead) = neuron;
        Expect.Number(constant);
        Expect.Number(dead);
        Expect.That(constant is > 0 and <= 1000, $"The time constant is {constant} ms: between 0 and 1000 are allowed.");
        Expect.That(dead is >= 0.5 and <= 1000, $"The dead time is {dead} ms: at least 0.5 are asked for, so that it is a cell.");
        double Rate(double current) => current <= 1 ? 0 : 1 / (dead + (constant * Math.Log(current / (current - 1))));
        double Slope(double current) => (Rate(current + 1e-5) - Rate(current - 1e-5)) / 2e-5;

        var kept = Slope(10) / Slope(2);
        Expect.That(kept >= 0.9, $"At 10 thresholds the rate's slope is {kept:P0} of that at 2, but 90 % are asked for: it still bends away.");
        var explained = ExplainedByRelu(Rate);
        Expect.That(explained >= 0.95, $"The best ReLU explains {explained:P1} of the rate's variance, but 95 % are asked for.");
    }

    /// <summary>Share of the variance that g·max(0, I − θ) explains, for the best g and θ and currents of 0 to 10 thresholds.</summary>
    private static double ExplainedByRelu(Func<double, double> rate)
    {
        double[] currents = [.. Enumerable.Range(0, 501).Select(i => i / 50.0)], rates = [.. currents.Select(rate)];
        var mean = rates.Average();
        var best = Enumerable.Range(0, 101).Select(k => k / 50.0).Min(threshold =>
        {
            double[] bent = [.. currents.Select(i => Math.Max(0, i - threshold))];
            var gain = bent.Zip(rates, (u, r) => u * r).Sum() / bent.Sum(u => u * u);
            return bent.Zip(rates, (u, r) => Math.Pow(r - (gain * u), 2)).Sum();
        });
        return 1 - (best / rates.Sum(r => Math.Pow(r - mean, 2)));
    }
}
