namespace RnnBook;

/// <summary>Chapter 10, Dying units and relatives.</summary>
internal static class Chapter10Exercises
{
    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<double[], double>>(
            "10.1",
            "The edge of death",
            [
                "Which x in the box makes w·x as large as it can be?",
                "Each component by itself: 1 where the weight is positive, 0 where it is not.",
            ],
            "(double[] w) → double",
            JudgeEdge),
        new Exercise<Func<double[], double[], double>>(
            "10.2",
            "The gradient of a learned slope",
            [
                "∂f/∂α is a below zero, and 0 above: α plays no part there.",
                "Multiply by what comes back from above, and sum.",
            ],
            "(double[] a, double[] delta) → double",
            JudgeSlope),
        new Exercise<Func<double, double, double, double, int>>(
            "10.3",
            "How long until it wakes?",
            [
                "The gradient of b is alpha·g as long as the unit is below zero; the step is rate times that.",
                "All steps are alike: divide the way by the step, and round so that the pre-activation ends above 0.",
            ],
            "(double depth, double alpha, double rate, double g) → int",
            JudgeWaking),
        new Exercise<Func<Func<double, (double Value, double Slope)>>>(
            "10.4",
            "Overturn D16: a curve that ReLU fits better",
            [
                "Where does a staircase of slopes fit better than a smooth curve of slopes?",
                "A piecewise linear curve has slopes that jump. A few long straight pieces are easy to find for a ReLU net.",
            ],
            "() → Func<double, (double Value, double Slope)>",
            JudgeCurve),
    ];

    private static void JudgeEdge(Func<double[], double> answer)
    {
        Expect.Close(answer([1, -2]), -1, 1e-12, "For w = (1, −2) the largest w·x over the box is 1, at x = (1, 0): the edge is at b = −1.");
        Expect.Close(answer([-0.5, -3]), 0, 1e-12, "With negative weights alone the largest w·x is 0, at x = 0.");
        var random = new RandomSource(10);
        for (var n = 1; n <= 20; n++)
        {
            double[] w = [.. Enumerable.Range(0, n).Select(_ => random.NextGaussian())];
            Expect.Close(answer([.. w]), -w.Sum(x => Math.Max(x, 0)), 1e-9, $"For {n} weights it is off: which x excites the unit most?");
        }
    }

    private static void JudgeSlope(Func<double[], double[], double> answer)
    {
        Expect.Close(answer([-2, 3], [0.5, 10]), -1, 1e-12, "For a = (−2, 3) and δ = (0.5, 10) it is 0.5·(−2): the unit above zero has no part in it.");
        var random = new RandomSource(11);
        for (var n = 1; n <= 30; n += 7)
        {
            double[] a = [.. Enumerable.Range(0, n).Select(_ => random.NextGaussian())], delta = [.. a.Select(_ => random.NextGaussian())];
            Expect.Close(answer([.. a], [.. delta]), a.Zip(delta, (x, d) => Math.Min(x, 0) * d).Sum(), 1e-9, $"For {n} units it is off.");
        }
    }

    private static void JudgeWaking(Func<double, double, double, double, int> answer)
    {
        foreach (var (depth, alpha, rate, g) in new[] { (1.0, 0.01, 0.1, -1.0), (0.5, 0.25, 0.1, -2.0), (3.0, 0.01, 0.001, -0.7), (1e-3, 0.3, 1.0, -1.0) })
        {
            var (a, updates) = (-depth, 0);
            for (; a <= 0; updates++)
            {
                a -= rate * alpha * g;
            }

            var given = answer(depth, alpha, rate, g);
            Expect.That(given != 0, "No answer yet: 0 updates do not move it.");
            Expect.That(
                Math.Abs(given - updates) <= 1,
                $"From {-depth} with α = {alpha}, rate {rate} and g = {g} it takes {updates} updates, not {given}.");
        }
    }

    private static void JudgeCurve(Func<Func<double, (double Value, double Slope)>> answer)
    {
        var curve = answer();
        Expect.That(curve is not null, "No answer yet: return a function from x to its value and slope.");
        RequireCurve(curve);
        var (relu, softplus) = (Best("ReLU", curve), Best("Softplus", curve));
        Expect.That(
            relu <= 0.8 * softplus,
            FormattableString.Invariant($"ReLU's error of the slope is {relu:G3}, Softplus's {softplus:G3}, each at its better rate: it should be a fifth lower."));
    }

    /// <summary>The slope belongs to the value, but for a few kinks, and the curve is no straight line.</summary>
    private static void RequireCurve(Func<double, (double Value, double Slope)> curve)
    {
        const double step = 1e-5;
        double[] x = [.. Enumerable.Range(0, 500).Select(i => -1.9989 + (i * 0.008))];
        var points = x.Select(curve).ToList();
        Expect.That(points.All(p => double.IsFinite(p.Value) && double.IsFinite(p.Slope)), "The curve is not finite everywhere from −2 to 2.");
        Expect.That(points.Max(p => p.Slope) - points.Min(p => p.Slope) > 0.1, "A straight line is no contest: its slope should vary by more than 0.1.");
        var wrong = x.Count(at => Math.Abs(((curve(at + step).Value - curve(at - step).Value) / (2 * step)) - curve(at).Slope) > 1e-3 * (1 + Math.Abs(curve(at).Slope)));
        Expect.That(wrong <= 25, $"The slope is not that of the value: at {wrong} of 500 points the difference quotient says otherwise.");
    }

    private static readonly ulong[] Seeds = [1, 2, 3];

    private static readonly float[] Rates = [3e-3f, 1e-2f];

    /// <summary>The geometric mean of the slope's error over three seeds, at the better of two rates.</summary>
    private static double Best(string net, Func<double, (double Value, double Slope)> curve) => Rates
        .Min(rate => Math.Exp(Seeds.Average(seed => Math.Log(SlopeError(net, curve, rate, seed)))));

    private static double SlopeError(string name, Func<double, (double Value, double Slope)> curve, float rate, ulong seed)
    {
        var net = new FeedForward([1, 32, 32, 1], Activation.All.First(f => f.Name == name), new RandomSource(seed));
        var (fit, adam, draws) = (new CurveFit(curve, slopesToo: true), new Adam(rate), new RandomSource(seed + 7));
        for (var update = 0; update < 1000; update++)
        {
            fit.LossAndGradients(net, draws);
            GradientClip.ByGlobalNorm(net.Parameters, 1);
            adam.Step(net.Parameters);
        }

        return fit.Errors(net).Slope;
    }
}
