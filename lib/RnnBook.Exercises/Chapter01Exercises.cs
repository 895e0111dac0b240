namespace RnnBook;

/// <summary>Chapter 01, Activation functions.</summary>
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
        new Exercise<Func<double[], double>>(
            "01.4",
            "Count the zeros",
            [
                "The sparsity is k/n: how many are exactly 0, divided by how many there are. Mind integer division.",
                "NaN is not 0, and −0.0 == 0.0 is true. A vector without elements has no zeros to speak of: return 0.",
            ],
            "(double[] h) → double",
            answer =>
            {
                Expect.Close(answer([0, 0, 0]), 1, 1e-12, "If all are 0 the sparsity is 1.");
                Expect.Close(answer([1, -2]), 0, 1e-12, "If none is 0 the sparsity is 0. Negative values are not 0.");
                Expect.Close(answer([0, 1, 2, 0]), 0.5, 1e-12, "Two zeros among four are one half: is it an integer division, or one by the wrong number?");
                Expect.Close(answer([1e-30, 0]), 0.5, 1e-12, "A tiny value is not 0: sparsity counts exact zeros.");
                Expect.Close(answer([-0.0, 1]), 0.5, 1e-12, "Minus zero is a zero too.");
                Expect.Close(answer([double.NaN, 0]), 0.5, 1e-12, "NaN is not a zero, but it counts as an element.");
                Expect.Close(answer([]), 0, 1e-12, "What if there is no element at all? Let the sparsity be 0.");
            }),
    ];
}
