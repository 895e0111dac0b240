using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Matrices;

namespace RnnBook;

/// <summary>Chapter 03, The recurrent network.</summary>
internal static class Chapter03Exercises
{
    private const int ReachSteps = 50, Networks = 9;

    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<int, double>>(
            "03.1",
            "The floor of two softmaxes",
            [
                "The first softmax can give any numbers between 0 and 1 that add up to 1. Which of them does the second one like best?",
                "The best case for the right class is 1, and then all others are 0.",
                "What does softmax make of one 1 and K − 1 zeros? The loss is −ln of its first entry.",
            ],
            "(int K) → double",
            JudgeFloor),
        new Exercise<Func<Matrix<double>, Matrix<double>, int[], int, Matrix<double>>>(
            "03.2",
            "Stop in time",
            [
                "A row is still running at step t if its sequence has a step number t.",
                "Running rows get ReLU of the pre-activation, the others keep what they had.",
                "Steps count from 1: a sequence of length 4 runs at t = 4 and stands at t = 5.",
            ],
            "(Matrix<double> A, Matrix<double> before, int[] lengths, int t) → Matrix<double>",
            JudgeMask),
        new Exercise<Func<double>>(
            "03.3",
            "Overturn the horizon",
            [
                "A step multiplies a small change by about g and then lets half of the units through. What does halving the units do to a length?",
                "Half of the squares are gone: a length is multiplied by √½.",
                "g·√½ = 1.",
            ],
            "() → double",
            JudgeGain),
        new Exercise<Func<(Matrix<double> Wxh, Matrix<double> Whh, Vector<double> b, Vector<double> v)>>(
            "03.4",
            "Even or odd, by hand",
            [
                "Let s be the parity so far and x the next bit. Write the new parity with s + x and a single max(0, …).",
                "s + x is 0, 1 or 2. Only for 2 is it not the parity itself: subtract twice what exceeds 1.",
                "One unit for max(0, s + x), one for max(0, s + x − 1). And s is not a unit, but a difference of the two: so is what each of them hears.",
            ],
            "() → (Matrix<double> Wxh, Matrix<double> Whh, Vector<double> b, Vector<double> v)",
            JudgeParity),
    ];

    private static void JudgeFloor(Func<int, double> answer)
    {
        foreach (var k in new[] { 2, 10, 1000 })
        {
            var given = answer(k);
            Expect.Number(given);
            Expect.That(given > 1e-12, "It cannot get to 0: the second softmax sees numbers between 0 and 1, and e¹ is only 2.7 times e⁰.");
            Expect.That(Math.Abs(given - Math.Log(k)) > 1e-9, "ln K is what guessing costs. The first softmax can do better than to give all classes the same.");
            Expect.Close(given, Math.Log(Math.E + k - 1) - 1, 1e-9, $"Not the floor for K = {k}. Put the best answer, one 1 and K − 1 zeros, through softmax.");
        }
    }

    private static void JudgeMask(Func<Matrix<double>, Matrix<double>, int[], int, Matrix<double>> answer)
    {
        int[] lengths = [4, 1, 6, 3, 5];
        for (var t = 1; t <= 6; t++)
        {
            var (net, before) = (Gaussian(5, 3, (ulong)t), Gaussian(5, 3, (ulong)t + 50).PointwiseAbs());
            var given = answer(net.Clone(), before.Clone(), [.. lengths], t);
            Expect.Matrix(given, 5, 3, "for 5 sequences and 3 units");
            for (var s = 0; s < 5; s++)
            {
                var (row, step, kept) = (given.Row(s), net.Row(s).PointwiseMaximum(0), before.Row(s));
                if (t <= lengths[s])
                {
                    Expect.That(
                        !Near(row, kept),
                        $"At step {t} a sequence of length {lengths[s]} is still running, but its state stands. Steps count from 1.");
                    Expect.That(Near(step, net.Row(s)) || !Near(row, net.Row(s)), "A running row has its pre-activation for a state: ReLU is missing.");
                    Expect.That(Near(row, step), $"At step {t} a sequence of length {lengths[s]} should have ReLU of its pre-activation.");
                }
                else
                {
                    Expect.That(
                        !Near(row, 0 * kept),
                        $"At step {t} a sequence of length {lengths[s]} has ended, and its state was wiped to 0. It should stay as it was.");
                    Expect.That(Near(row, kept), $"At step {t} a sequence of length {lengths[s]} has ended: its state should stay as it was.");
                }
            }
        }
    }

    private static void JudgeGain(Func<double> answer)
    {
        var gain = answer();
        Expect.Number(gain);
        Expect.That(gain > 0 && double.IsFinite(gain), $"A gain of {gain} gives no network: a positive number is needed.");
        var left = MathNet.Numerics.Statistics.Statistics.Median(Enumerable.Range(1, Networks).Select(seed => Reach(gain, (ulong)seed)));
        Expect.That(left >= 0.01, $"Of the first input {left:G2} is left after {ReachSteps} steps (median of {Networks} networks). It drowns: the gain is too small.");
        Expect.That(left <= 100, $"The first input has grown by {left:G2} after {ReachSteps} steps (median of {Networks} networks). It shouts: the gain is too large.");
    }

    /// <summary>‖∂h_T/∂x_1‖ over ‖∂h_1/∂x_1‖ of a ReLU network with a Gaussian W_hh that reads noise.</summary>
    private static double Reach(double gain, ulong seed)
    {
        const int Units = 100, Inputs = 3;
        var (recurrent, input) = (Gaussian(Units, Units, seed) * (gain / Math.Sqrt(Units)), 0.5 * Gaussian(Units, Inputs, seed + 100));
        var (noise, h) = (Gaussian(ReachSteps, Inputs, seed + 200), Vector<double>.Build.Dense(Units));
        var (reach, first) = (input, 0.0);
        for (var t = 0; t < ReachSteps; t++)
        {
            var a = (input * noise.Row(t)) + (recurrent * h);
            var mask = Matrix<double>.Build.DiagonalOfDiagonalVector(a.Map(v => v > 0 ? 1.0 : 0));
            reach = mask * (t == 0 ? input : recurrent * reach);
            first = t == 0 ? reach.FrobeniusNorm() : first;
            h = a.PointwiseMaximum(0);
        }

        return reach.FrobeniusNorm() / first;
    }

    private static void JudgeParity(Func<(Matrix<double> Wxh, Matrix<double> Whh, Vector<double> b, Vector<double> v)> answer)
    {
        var network = new HandmadeNetwork(answer(), inputs: 1);
        var random = new RandomSource(3);
        int[][] sequences = [[0], [1], [0, 1], [1, 0], [1, 1], [1, 1, 1], [0, 1, 1, 0, 1], .. Enumerable.Range(0, 20).Select(_ => Bits(random, 60))];
        foreach (var bits in sequences)
        {
            var (given, right) = (network.Answer(bits.Select(bit => new double[] { bit })), bits.Sum() % 2);
            Expect.That(
                bits.Length < 2 || right == bits.Sum() || Math.Abs(given - bits.Sum()) > 1e-9,
                $"For {Text(bits)} the answer is {given:G3}: that counts the ones. Two of them should cancel.");
            Expect.That(
                Math.Abs(given - right) < 1e-9,
                bits.Length <= 5
                    ? $"For {Text(bits)} the answer should be {right}, but it is {given:G4}."
                    : $"Short sequences are right, but one of {bits.Length} bits is not: the answer should be {right}, and it is {given:G4}. The parity so far must come back through W_hh.");
        }
    }

    private static int[] Bits(RandomSource random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextInt(2))];

    private static string Text(int[] bits) => string.Join(" ", bits);
}
