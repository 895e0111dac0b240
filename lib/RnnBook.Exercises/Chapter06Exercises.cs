using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Matrices;

namespace RnnBook;

/// <summary>Chapter 06, Powers of W.</summary>
internal static class Chapter06Exercises
{
    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<Matrix<double>, double>>(
            "06.1",
            "The spectral radius without eigenvalues",
            [
                "Gelfand's formula: in the long run ‖Wⁿ‖ grows by the factor ρ(W) a step. Multiply a vector, or a matrix, many times.",
                "Numbers like 1000²⁰⁰ do not fit into a double. Set the length back to 1 after each step and add up the logarithms of the lengths.",
                "The first steps may mislead (section 3). Let a hundred steps pass, then take the mean logarithm over the next thousand or so.",
            ],
            "(Matrix<double> w) → double",
            JudgeRadius),
        new Exercise<Func<double, double, Matrix<double>>>(
            "06.2",
            "Swell first, decay later",
            [
                "No symmetric or orthogonal matrix will do: for those ‖Wⁿ‖ is ρⁿ from the start.",
                "Section 3 has a family of 2×2 matrices with both eigenvalues ρ and a weight c that the eigenvalues do not see.",
                "The norm is at least as large as the largest entry, and W itself is a power of W, the first.",
            ],
            "(double rho, double peak) → Matrix<double>",
            JudgeSwelling),
        new Exercise<Func<Matrix<double>, Vector<double>, Matrix<double>>>(
            "06.3",
            "The Jacobian of one tanh step",
            [
                "h_t = tanh(a_t) and a_t = W h_{t−1} + …: the state passes W first and the activation function after it.",
                "The derivative of tanh(a) is 1 − tanh²(a).",
                "Entry (i, j) is tanh′(a_i)·W_ij: each row of W is scaled by the slope of its unit.",
            ],
            "(Matrix<double> w, Vector<double> a) → Matrix<double>",
            JudgeJacobian),
        new Exercise<Func<(double Gain, double InputScale)>>(
            "06.4",
            "Overturn A4b: tanh explodes, ReLU vanishes",
            [
                "ReLU's border is the same at every input scale. At which gain is it, and on which side of it must you stay?",
                "Tanh grows its gradient only where its slope stays near 1. Which inputs leave the states small?",
                "The map of section 9: look for a gain between the two borders, tanh's and ReLU's, in the lowest row.",
            ],
            "() → (double gain, double inputScale)",
            JudgeOverturned),
    ];

    private static void JudgeRadius(Func<Matrix<double>, double> answer)
    {
        Expect.Close(answer(Of(new[,] { { 3.0, 0 }, { 0, 0.5 } })), 3, 0.03, "For a diagonal matrix with 3 and 0.5 the largest |λ| is 3.");
        Check(Of(new[,] { { 0.5, 0 }, { 0, 3.0 } }), 3, "diag(0.5, 3) is off: does your start vector have a part along every direction?");
        Check(Of(new[,] { { -2.0, 0 }, { 0, 1 } }), 2, "An eigenvalue of −2 counts with its absolute value.");
        Check(Of(new[,] { { 0.6, -0.8 }, { 0.8, 0.6 } }), 1, "A rotation keeps lengths although its eigenvalues are complex: its radius is 1.");
        Check(Of(new[,] { { 0.9, 5.0 }, { 0, 0.9 } }), 0.9, "This one swells before it decays: its first steps show the largest singular value, not the spectral radius. Wait longer.");
        Check(Of(new[,] { { 1000.0, 200 }, { 100, 900 } }), 1100, "A large radius is off: do the powers leave the range of double before you look?");
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var w = 0.7 / Math.Sqrt(8) * Gaussian(8, 8, seed);
            Check(w, Spectrum.Radius(w), "A Gaussian 8×8 matrix is off: with complex eigenvalues the length goes up and down from step to step, so take a mean over many.");
        }

        void Check(Matrix<double> w, double radius, string otherwise)
        {
            // In the answer's hands the matrix might change; NaN is no answer near the radius.
            Expect.That(Math.Abs(answer(w.Clone()) - radius) <= 0.03 * radius, otherwise);
        }
    }

    private static void JudgeSwelling(Func<double, double, Matrix<double>> answer)
    {
        foreach (var (rho, peak) in new[] { (0.9, 10.0), (0.5, 100.0), (0.95, 1000.0) })
        {
            var w = answer(rho, peak);
            Expect.Matrix(w, 2, 2, "here");
            Expect.That(
                Math.Abs(Spectrum.Radius(w) - rho) < 1e-3,
                $"The spectral radius should be {rho}, but it is {Spectrum.Radius(w):G4}.");
            var largest = 0.0;
            var power = Matrix<double>.Build.DenseIdentity(2);
            for (var n = 1; n <= 300; n++)
            {
                power = w * power;
                largest = Math.Max(largest, power.L2Norm());
            }

            var normal = Spectrum.NonNormality(w) < 1e-6 ? " The matrix is normal, and for a normal matrix ‖Wⁿ‖ is ρⁿ." : "";
            Expect.That(
                largest >= peak * (1 - 1e-9),
                $"With ρ = {rho} some power should reach a norm of {peak}, but the largest is {largest:G4}.{normal}");
        }
    }

    private static void JudgeJacobian(Func<Matrix<double>, Vector<double>, Matrix<double>> answer)
    {
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var w = Gaussian(5, 5, seed) / Math.Sqrt(5);
            var a = Gaussian(1, 5, seed + 10).Row(0);
            var given = answer(w.Clone(), a.Clone());
            Expect.Matrix(given, 5, 5, "for 5 units");
            var slope = a.Map(Activation.Tanh.Derivative);
            var right = Scaled(w, slope);
            bool Is(Matrix<double> jacobian) => Near(given, jacobian, 1e-6);
            Expect.That(!Is(Scaled(w.Transpose(), slope).Transpose()), "That is W·diag(f′), the order that belongs to the pre-activations. Between states the activation function comes last.");
            Expect.That(!Is(right.Transpose()), "Transposed: row i should tell how unit i of h_t reacts.");
            Expect.That(!Is(Scaled(w, a.PointwiseTanh())), "That scales with the value tanh(a). The chain rule asks for its derivative.");
            Expect.That(!Is(w), "That is W alone: the slope of tanh is missing.");
            Expect.That(Is(right), "The entries differ from those found by moving each h_{t−1} a little. Entry (i, j) says how h_t,i reacts to h_{t−1},j.");
        }
    }

    private static void JudgeOverturned(Func<(double Gain, double InputScale)> answer)
    {
        var (gain, scale) = answer();
        Expect.Number(gain);
        Expect.Number(scale);
        Expect.That(gain is > 0 and <= 100 && scale is > 0 and <= 100, "Gain and input scale should lie above 0, and at most at 100.");
        var (tanh, relu) = (Kept(Activation.Tanh, gain, scale), Kept(Activation.Relu, gain, scale));
        Expect.That(tanh > 1, $"At this place tanh keeps {tanh:G4} of the gradient in a step back: it does not explode.");
        Expect.That(relu < 1, $"Tanh explodes here, by the factor {tanh:G4} a step back, but so does ReLU, by {relu:G4}.");
    }

    /// <summary>
    /// The factor by which one step back changes the gradient of an untrained network, geometric mean over the last 50 of 150 steps of white
    /// noise; median of five networks of 200 units.
    /// </summary>
    private static double Kept(Activation f, double gain, double scale)
    {
        const int Units = 200, Steps = 150, Back = 50;
        var factors = Enumerable.Range(1, 5).Select(seed =>
        {
            var random = new RandomSource((ulong)seed);
            var w = gain / Math.Sqrt(Units) * Matrix<double>.Build.Dense(Units, Units, (_, _) => random.NextGaussian());
            var (h, slopes) = (Vector<double>.Build.Dense(Units), new List<Vector<double>>());
            for (var t = 0; t < Steps; t++)
            {
                var a = (w * h) + Vector<double>.Build.Dense(Units, _ => scale * random.NextGaussian());
                h = a.Map(f.Value);
                slopes.Add(a.Map(f.Derivative));
            }

            var (gradient, log) = (Vector<double>.Build.Dense(Units, _ => random.NextGaussian()).Normalize(2), 0.0);
            foreach (var slope in slopes.TakeLast(Back).Reverse())
            {
                gradient = w.TransposeThisAndMultiply(slope.PointwiseMultiply(gradient));
                log += Math.Log(gradient.L2Norm());
                gradient = gradient.Normalize(2);
            }

            return Math.Exp(log / Back);
        });
        return factors.Order().ElementAt(2);
    }

    private static Matrix<double> Of(double[,] entries) => Matrix<double>.Build.DenseOfArray(entries);

    private static Matrix<double> Scaled(Matrix<double> w, Vector<double> rows) =>
        Matrix<double>.Build.Dense(w.RowCount, w.ColumnCount, (i, j) => rows[i] * w[i, j]);
}
