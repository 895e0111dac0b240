using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Matrices;

namespace RnnBook;

/// <summary>Chapter 04, Back-propagation through time.</summary>
internal static class Chapter04Exercises
{
    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<Vector<double>, Vector<double>, Vector<double>, Matrix<double>, (Vector<double> Delta, Matrix<double> Share, Vector<double> ToBefore)>>(
            "04.1",
            "One step back",
            [
                "First through the activation function: multiply g, entry by entry, with the slope of tanh at a, which is 1 − tanh²(a).",
                "The share has the shape of W_hh, H×H. Of δ and h_(t−1) only one arrangement gives a matrix: a column times a row.",
                "Entry j of h_(t−1) entered every a_i with weight W_ij, so it collects δ_i·W_ij over i: the transposed matrix.",
            ],
            "(Vector<double> g, Vector<double> a, Vector<double> before, Matrix<double> w) → (Vector<double>, Matrix<double>, Vector<double>)",
            JudgeStep),
        new Exercise<Func<double, double, double[], double>>(
            "04.2",
            "Put the formula right",
            [
                "Differentiate h_t = σ(w·h_(t−1) + u·x_t) by w. Both factors of w·h_(t−1) depend on w.",
                "dh_t/dw = σ′(a_t)·(h_(t−1) + w·dh_(t−1)/dw), and dh_0/dw = 0.",
                "Update dh before h, or keep the new h apart: the formula reads the old state.",
            ],
            "(double w, double u, double[] x) → double",
            JudgeFormula),
        new Exercise<Func<(double W, double U, double[] X)>>(
            "04.3",
            "Overturn B10",
            [
                "Read the same number at every step: the state settles at some h = σ(w·h + u·x), and its derivative d at d = h(1 − h)(h + w·d).",
                "The article's formula says d = h·h. Put that into the equation of the true one.",
                "For h > 0 it leaves w·(1 − h) = 1. Choose h, then w, then what u·x must be for the state to settle there.",
            ],
            "() → (double w, double u, double[] x)",
            JudgeWhereRight),
        new Exercise<Func<Func<double[], double>, Func<double[], double[]>, double[], bool>>(
            "04.4",
            "The referee",
            [
                "Move each entry up and down by a step, and divide the difference of the losses by twice the step.",
                "Section 4 argues the step: near 5·10⁻⁶ in double. A smaller one only adds rounding errors.",
                "A loss of a millionth has a tiny gradient. Compare differences with the size of the gradient, not with a fixed number.",
            ],
            "(Func<double[], double> loss, Func<double[], double[]> gradient, double[] at) → bool",
            JudgeReferee),
    ];

    private static void JudgeStep(Func<Vector<double>, Vector<double>, Vector<double>, Matrix<double>, (Vector<double> Delta, Matrix<double> Share, Vector<double> ToBefore)> answer)
    {
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var random = new RandomSource(seed);
            Vector<double> Draw(double size) => Vector<double>.Build.Dense(4, _ => size * random.NextGaussian());
            var (g, a, before) = (Draw(1), Draw(1.5), Draw(0.7));
            var w = Matrix<double>.Build.Dense(4, 4, (_, _) => random.NextGaussian());
            var (delta, share, toBefore) = answer(g.Clone(), a.Clone(), before.Clone(), w.Clone());
            Expect.That(delta is not null && share is not null && toBefore is not null, "No answer yet: two vectors and a matrix are needed.");
            Expect.That(
                delta.Count == 4 && toBefore.Count == 4 && share.RowCount == 4 && share.ColumnCount == 4,
                "For 4 units δ and the vector to h_(t−1) have 4 entries, and the share is 4×4.");

            var slope = a.Map(Activation.Tanh.Derivative);
            var right = g.PointwiseMultiply(slope);
            Expect.That(!Near(delta, g.PointwiseMultiply(a.PointwiseTanh())), "δ: that multiplies with tanh(a), the value. The chain rule asks for the derivative.");
            Expect.That(!Near(delta, g), "δ: the slope of tanh is missing; a saturated unit should pass next to nothing.");
            Expect.That(Near(delta, right), "δ is not what comes out if each a_i is moved a little.");
            Expect.That(
                !Near(share, before.OuterProduct(right)),
                "The share is transposed: entry (i, j) belongs to the weight that leads from unit j to unit i.");
            Expect.That(
                !Near(share, right.OuterProduct(a.PointwiseTanh())),
                "The share uses h_t. The matrix multiplied the state before, h_(t−1).");
            Expect.That(Near(share, right.OuterProduct(before)), "The share of ∂L/∂W_hh is not what comes out if each weight is moved a little at this step.");
            Expect.That(
                !Near(toBefore, w * right),
                "What goes to h_(t−1) went through W_hh. Walking backwards it is the transposed matrix.");
            Expect.That(
                !Near(toBefore, w.TransposeThisAndMultiply(g)),
                "What goes to h_(t−1) skips the activation function: it starts from δ, not from g.");
            Expect.That(Near(toBefore, w.TransposeThisAndMultiply(right)), "What goes to h_(t−1) is not what comes out if each of its entries is moved a little.");
        }
    }

    private static void JudgeFormula(Func<double, double, double[], double> answer)
    {
        double[] x = [0.5, -1, 2, 0.3, 1.2];
        foreach (var (w, length) in new[] { (1.5, 3), (-2.0, 5), (4.0, 5), (0.0, 4), (0.7, 2), (0.7, 1) })
        {
            var given = answer(w, 0.8, x[..length]);
            double[] read = [.. x[..length].Select(value => 0.8 * value)];
            Expect.Number(given);
            var right = Chain(w, read, Slope, recursion: true);
            bool Is(Func<double, double> factor, bool recursion) => Far(given, right) && !Far(given, Chain(w, read, factor, recursion));
            Expect.That(
                !Is(value => value, recursion: false),
                $"For {length} steps that is the article's formula: the sigmoid where its derivative belongs, and no recursion.");
            Expect.That(
                !Is(Slope, recursion: false),
                $"For {length} steps the recursion is missing: h_(t−1) depends on w too.");
            Expect.That(
                !Is(value => value, recursion: true),
                $"For {length} steps you multiply by σ where its derivative σ(1 − σ) belongs.");
            Expect.Close(given, right, 1e-9, $"For w = {w} and {length} steps it is off from what moving w a little gives. Do you read the old state and the old derivative?");
        }
    }

    /// <summary>dh/dw of one sigmoid unit that reads the inputs u·x, or one of its wrong versions.</summary>
    private static double Chain(double w, double[] x, Func<double, double> factor, bool recursion)
    {
        var (h, dh) = (0.0, 0.0);
        foreach (var read in x)
        {
            var next = 1 / (1 + Math.Exp(-((w * h) + read)));
            dh = factor(next) * (h + (recursion ? w * dh : 0));
            h = next;
        }

        return dh;
    }

    private static double Slope(double value) => value * (1 - value);

    private static void JudgeWhereRight(Func<(double W, double U, double[] X)> answer)
    {
        const int Steps = 20;
        var (w, u, x) = answer();
        Expect.That(x is not null && double.IsFinite(w) && double.IsFinite(u), "No answer yet: two numbers and twenty inputs are needed.");
        Expect.That(x.Length == Steps && x.All(double.IsFinite), $"Twenty inputs are asked for, and finite ones; yours are {x.Length}.");
        Expect.That(Math.Abs(w) >= 0.5, $"With w = {w:G3} there is hardly a recurrence: w must be at least 0.5 in size.");
        double[] input = [.. x.Select(read => u * read)];
        var (right, article) = (Chain(w, input, Slope, recursion: true), Chain(w, input, value => value, recursion: false));
        Expect.That(
            Math.Abs(right) >= 0.01,
            $"The true derivative is {right:G2} there: the unit is saturated, and there is nothing to be right about. It must be at least 0.01 in size.");
        Expect.That(
            Math.Abs(article - right) <= 0.01 * Math.Abs(right),
            $"There the article's formula says {article:G3}, and the true derivative is {right:G3}.");
    }

    private static void JudgeReferee(Func<Func<double[], double>, Func<double[], double[]>, double[], bool> answer)
    {
        var at = new[] { 0.3, -1.2, 2.0, 0.7 };
        foreach (var scale in new[] { 1, 1e6, 1e-6 })
        {
            double Loss(double[] w) => scale * (Math.Tanh(w[0] * w[1]) + (w[2] * w[2] * w[3]) + Math.Exp(-w[1]));
            double[] Gradient(double[] w)
            {
                var slope = 1 - (Math.Tanh(w[0] * w[1]) * Math.Tanh(w[0] * w[1]));
                return [scale * slope * w[1], scale * ((slope * w[0]) - Math.Exp(-w[1])), scale * 2 * w[2] * w[3], scale * w[2] * w[2]];
            }

            Expect.That(
                answer(Loss, Gradient, (double[])at.Clone()),
                $"A right gradient of a loss near {Math.Abs(Loss(at)):G2} is called wrong: mind the step, and a tolerance that fits the gradient's size.");
            foreach (var (entry, factor, what) in new[]
            {
                (0, -1.0, "with a wrong sign"), (2, 0.5, "that lacks a factor of 2"), (3, 0.0, "in which the last entry was forgotten"),
                (1, 1.001, "whose second entry is off by a thousandth"),
            })
            {
                double[] Planted(double[] w)
                {
                    var g = Gradient(w);
                    g[entry] *= factor;
                    return g;
                }

                Expect.That(!answer(Loss, Planted, (double[])at.Clone()), $"A gradient {what} passes, for a loss near {Math.Abs(Loss(at)):G2}: look at every entry, relative to the gradient's size.");
            }
        }

        double Level(double[] w) => 5 + (10 * Math.Pow(w[0] - 1, 3));
        Expect.That(
            answer(Level, w => [30 * Math.Pow(w[0] - 1, 2)], [1]),
            "Where the gradient is 0 yours calls it wrong: a purely relative tolerance allows nothing there, but a finite step and rounding need a little.");
    }

    private static bool Far(double a, double b) => !(Math.Abs(a - b) < 1e-9);
}
