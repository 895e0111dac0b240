using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Matrices;

namespace RnnBook;

/// <summary>Chapter 09, Start from the identity.</summary>
internal static class Chapter09Exercises
{
    private const int Units = 32, Steps = 100;

    private static readonly ulong[] Seeds = [1, 2, 3];

    // What the tuned IRNN needs: input weights N(0, 0.2²), Adam's rate 0.001.
    private static readonly Lazy<int> IrnnUpdates = new(() => Median(seed => UpdatesToTarget(
        random => new Rnn(2, Units, Activation.Relu, random).StartFromIdentity(random, inputStd: 0.2f), 1e-3, 3000, seed)));

    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<(Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B, Vector<double> V)>>(
            "09.1",
            "Solve it by hand",
            [
                "You need something that lets a value through only where it is marked, and something that keeps a sum.",
                "Values lie between 0 and 1. What does ReLU make of value + marker − 1?",
                "A unit reads what another unit was one step ago. At the last step the answer must read both.",
            ],
            "() → (Matrix<double>, Matrix<double>, Vector<double>, Vector<double>)",
            JudgeAdding),
        new Exercise<Func<int, (Matrix<double> W, Vector<double> U, Vector<double> V)>>(
            "09.2",
            "A memory that knows the order",
            [
                "Let the numbers travel: at each step every unit hands what it has to its neighbor.",
                "A number that is read at step t must be back at the exit at step t + n. How many units does a ring of that kind have?",
                "A cyclic permutation: W has a 1 where row i = (column j + 1) mod n.",
            ],
            "(int n) → (Matrix<double>, Vector<double>, Vector<double>)",
            JudgeCopying),
        new Exercise<Func<int, int, ulong, (double[] Forget, double[] Input, double Rate)>>(
            "09.3",
            "Make the LSTM win",
            [
                "The gates decide how long a cell keeps what it has: with a forget bias b it keeps about σ(b) of it in a step. What should that be for 100 steps?",
                "Chrono biases: ln u for the forget gate, −ln u for the input gate, u uniform from 1 to T − 1, another for every unit.",
                "The rate counts as much as the biases. The usual 0.001 is far too slow here.",
            ],
            "(int units, int steps, ulong seed) → (double[], double[], double)",
            JudgeDuel),
    ];

    private static void JudgeAdding(Func<(Matrix<double> Wxh, Matrix<double> Whh, Vector<double> B, Vector<double> V)> answer)
    {
        var network = new HandmadeNetwork(answer(), inputs: 2);
        var random = new RandomSource(77);
        foreach (var (length, first, second) in new[] { (10, 2, 7), (40, 0, 25), (100, 49, 50), (300, 10, 299), (2, 0, 1) })
        {
            double[] values = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble())];
            var given = network.Answer(values.Select((value, t) => new[] { value, t == first || t == second ? 1 : 0 }));
            var sum = values[first] + values[second];
            Expect.That(double.IsFinite(given), $"With {length} steps the answer is no finite number: does a state grow?");
            Expect.Close(given, sum, 1e-9, Explain(given, sum, values.Sum(), second == length - 1, length));
        }
    }

    private static string Explain(double given, double sum, double all, bool marksLast, int length) =>
        Math.Abs(given - all) < 1e-6 ? "You add every value, the unmarked ones too: what lets only marked values through?"
        : marksLast ? $"A mark at the very last step is missed: the answer is {given:F3}, the sum {sum:F3}."
        : $"With {length} steps the answer is {given:F3}, but the marked values sum to {sum:F3}.";

    private static void JudgeCopying(Func<int, (Matrix<double> W, Vector<double> U, Vector<double> V)> answer)
    {
        foreach (var n in new[] { 1, 2, 5, 12 })
        {
            var (w, u, v) = answer(n);
            Expect.That(w is not null && u is not null && v is not null, "No answer yet: a matrix and two vectors are needed.");
            var units = u.Count;
            Expect.That(
                w.RowCount == units && w.ColumnCount == units && v.Count == units,
                $"The shapes do not fit: with {units} entries in u, W is {units}×{units} and v has {units} entries.");
            var random = new RandomSource((ulong)n);
            var read = Enumerable.Range(0, n).Select(_ => random.NextGaussian()).ToArray();
            var h = Vector<double>.Build.Dense(units);
            for (var t = 0; t < 2 * n; t++)
            {
                h = (w * h) + (u * (t < n ? read[t] : 0));
                Expect.That(
                    t < n || Math.Abs((v * h) - read[t - n]) < 1e-9,
                    $"For n = {n} the output at step {t + 1} is {v * h:F3} instead of {read[Math.Max(0, t - n)]:F3}: is the order lost, or the number too early or too late?");
            }

            Expect.That(
                Near(w.TransposeThisAndMultiply(w), Matrix<double>.Build.DenseIdentity(units)),
                "It repeats the numbers, but W is not orthogonal: some vector changes its length.");
        }
    }

    private static void JudgeDuel(Func<int, int, ulong, (double[] Forget, double[] Input, double Rate)> answer)
    {
        foreach (var seed in Seeds)
        {
            var (forget, input, rate) = answer(Units, Steps, seed);
            Expect.That(forget is not null && input is not null, "No answer yet: two arrays of biases and a learning rate are needed.");
            Expect.That(
                forget.Length == Units && input.Length == Units,
                $"Each array should have {Units} biases, one a unit; yours have {forget.Length} and {input.Length}.");
            Expect.That(forget.Concat(input).All(b => Math.Abs(b) <= 1000), "The biases should be numbers between −1000 and 1000.");
            Expect.That(rate is > 0 and <= 1, $"The learning rate should lie above 0, and at most at 1; yours is {rate}.");
        }

        var limit = IrnnUpdates.Value;
        var needed = Median(seed => UpdatesToTarget(random => Lstm(answer(Units, Steps, seed), random), answer(Units, Steps, seed).Rate, limit, seed));
        Expect.That(
            needed < limit,
            $"The identity wins: in the middle one of {Seeds.Length} runs it reached the target after {limit} updates, and by then your LSTM had not.");
    }

    private static Lstm Lstm((double[] Forget, double[] Input, double Rate) start, RandomSource random)
    {
        var lstm = new Lstm(2, Units, random);
        for (var unit = 0; unit < Units; unit++)
        {
            // Rows of the input gate come first, then those of the forget gate.
            (lstm.BiasIh.Value[unit], lstm.BiasHh.Value[unit]) = ((float)start.Input[unit], 0);
            (lstm.BiasIh.Value[Units + unit], lstm.BiasHh.Value[Units + unit]) = ((float)start.Forget[unit], 0);
        }

        return lstm;
    }

    /// <summary>Updates until a tenth of the baseline is reached on the adding problem; <paramref name="limit"/> where it is not.</summary>
    private static int UpdatesToTarget(Func<RandomSource, RecurrentLayer> make, double rate, int limit, ulong seed)
    {
        var (random, task) = (new RandomSource(seed), new AddingProblem(Steps));
        var model = new SequenceModel(make(random), new Linear(Units, 1, random));
        var history = new Trainer(model, task, new Adam((float)rate))
        {
            BatchSize = 16,
            ClipNorm = 1,
            Seed = seed,
            EvaluateEvery = 50,
            TestSize = 128,
            StopAtTestError = 0.1 * task.Baseline,
        }.Run(limit);
        return history.Outcome == TrainingOutcome.ReachedTarget ? history.Updates : limit;
    }

    private static int Median(Func<ulong, int> measure)
    {
        var values = new int[Seeds.Length];
        Parallel.For(0, values.Length, i => values[i] = measure(Seeds[i]));
        return values.Order().ElementAt(values.Length / 2);
    }
}
