using MathNet.Numerics.LinearAlgebra;

namespace RnnBook;

/// <summary>Chapter 12, Letter by letter.</summary>
internal static class Chapter12Exercises
{
    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<double[], double, double[]>>(
            "12.1",
            "Softmax with a temperature",
            [
                "Divide every score by the temperature before the exponential.",
                "Math.Exp(1000) is ∞. Take the largest score away from all of them first: the shares stay the same.",
            ],
            "(double[] scores, double temperature) → double[]",
            JudgeTemperature),
        new Exercise<Func<double[], double>>(
            "12.2",
            "Bits for each letter",
            [
                "A letter that had the chance p costs −log₂ p bits.",
                "Take the mean over the letters. Math.Log2 is the logarithm to base 2.",
            ],
            "(double[] chances) → double",
            JudgeBits),
        new Exercise<Func<(Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B, Vector<double> V)>>(
            "12.3",
            "A network that knows whether a quotation is open",
            [
                "Call s the state, 1 inside quotes and 0 outside, and q the input. The next state is |s − q|.",
                "|s − q| = max(0, s − q) + max(0, q − s): two units. What is s, if they are the two parts of it?",
                "Both units read the sum of both: the rows of W_hh are (1, 1) and (−1, −1).",
            ],
            "() → (Matrix<double>, Matrix<double>, Vector<double>, Vector<double>)",
            JudgeQuotes),
        new Exercise<Func<(string Optimizer, double Rate)>>(
            "12.4",
            "Make the clip matter",
            [
                "Which optimizer makes a step whose length does not depend on the size of the gradient?",
                "With plain gradient descent a step is the rate times the gradient. Raise the rate until one step without a clip is too long.",
            ],
            "() → (string, double)",
            JudgeClip),
    ];

    private static void JudgeTemperature(Func<double[], double, double[]> answer)
    {
        double[] scores = [1, 2, 4, 2];
        foreach (var temperature in new[] { 1, 0.5, 2, 10 })
        {
            var chances = answer(scores, temperature);
            Expect.That(chances is not null && chances.Length == 4, "No answer yet: four chances are needed for four scores.");
            Expect.That(chances.All(p => p >= 0) && Math.Abs(chances.Sum() - 1) < 1e-9, $"At temperature {temperature} the chances sum to {chances.Sum():G4}, not to 1.");
            var ratio = Math.Log(chances[2] / chances[0]);
            Expect.That(
                Math.Abs(ratio - (3 / temperature)) < 1e-9,
                Math.Abs(ratio - (3 * temperature)) < 1e-9
                    ? "A higher temperature makes your choice surer: it should make it less sure."
                    : $"Scores that differ by 3 should differ by 3/{temperature} in the logarithm of their chances, yours by {ratio:G4}.");
            Expect.Close(chances[1], chances[3], 1e-12, "Equal scores should have equal chances.");
        }

        var large = answer([1000, 999], 1);
        Expect.That(large.All(double.IsFinite), "With scores about 1000 your chances are no numbers: an exponential overflows.");
        Expect.Close(large[0], 1 / (1 + Math.Exp(-1)), 1e-9, "With scores about 1000 the chances are off.");
    }

    private static void JudgeBits(Func<double[], double> answer)
    {
        Expect.Close(
            answer([0.5, 0.5, 0.5]), 1, 1e-12, "A letter of chance ½ costs one bit, and so do three of them on the average. In which unit is yours, and is it a mean?");
        Expect.Close(answer([0.25, 1]), 1, 1e-12, "One letter at 2 bits and one at 0 cost 1 on the average: the mean is taken over the bits, not over the chances.");
        Expect.Close(answer([0.1, 0.2, 0.7]), -(Math.Log2(0.1) + Math.Log2(0.2) + Math.Log2(0.7)) / 3, 1e-12, "For the chances 0.1, 0.2 and 0.7 it is off.");
    }

    private static void JudgeQuotes(Func<(Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B, Vector<double> V)> answer)
    {
        var network = new HandmadeNetwork(answer(), inputs: 1);
        foreach (var text in new[] { "", "x", "\"", "\"x", "\"xyz\"", "\"x\" and \"y", "\"x\" and \"y\" \"\"", string.Concat(Enumerable.Repeat("\"a\"b", 40)) + "\"" })
        {
            var open = text.Count(letter => letter == '"') % 2;
            var given = network.Answer(text.Select(letter => new double[] { letter == '"' ? 1 : 0 }));
            var marks = text.Count(letter => letter == '"');
            Expect.Close(
                given,
                open,
                1e-9,
                marks > 1 && Math.Abs(given - marks) < 1e-9
                    ? "Your network counts the marks, but a second one should close the quotation."
                    : $"After {marks} quotation marks and {text.Length - marks} other letters the answer is {given:G3} instead of {open}.");
        }
    }

    private static void JudgeClip(Func<(string Optimizer, double Rate)> answer)
    {
        var (optimizer, rate) = answer();
        Expect.That(rate > 0 && double.IsFinite(rate), "No answer yet: a rate above 0 is needed.");
        Expect.That(LettersStudy.Optimizers.Contains(optimizer), $"The optimizer is one of {string.Join(", ", LettersStudy.Optimizers)}.");
        var (with, pairs) = Read("1");
        Expect.That(with < pairs, $"With the clip too it reads badly: {with:F2} bits a letter after 300 updates, where knowing pairs costs {pairs:F2}.");
        var (without, _) = Read("none");
        Expect.That(without > with + 0.5, $"The clip does not matter here: {without:F2} bits a letter without it and {with:F2} with it.");

        (double Bits, double Pairs) Read(string clip)
        {
            var key = new RunKey(
                ("text", LettersStudy.Sources), ("net", "ReLU"), ("optimizer", optimizer), ("clip", clip), ("start", "identity"), ("rate", rate), ("seed", 5));
            var run = new LettersStudy().Run(key, new RunWatch(MostUpdates: 300));
            return (run.Measures.First(m => m.Name == "bits").Value, run.Measures.First(m => m.Name == "bits-pairs").Value);
        }
    }
}
