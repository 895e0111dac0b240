namespace RnnBook;

/// <summary>Chapter 05, Truncated.</summary>
internal static class Chapter05Exercises
{
    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<long, long, long>>(
            "05.1",
            "Count the terms",
            [
                "The loss at step t has min(t, k) terms. Add them up for T = 4, k = 2 by hand.",
                "The first k losses have 1, 2, …, k terms, and 1 + 2 + … + k = k(k + 1)/2.",
                "If the window is longer than the sequence it cuts nothing off: then k may be set to T.",
            ],
            "(long T, long k) → long",
            JudgeTerms),
        new Exercise<Func<double, double, double[], int, double>>(
            "05.2",
            "Carry forward, cut backward",
            [
                "Two loops: one forward over all of x that keeps every state, one backward over the last k steps.",
                "Backward: δ = g·(1 − h_t²), the share of the step is δ·h_(t−1), and g for the step before is w·δ. It starts with g = 1.",
                "The backward loop ends after k steps, or at t = 1 if there are fewer: t > Math.Max(0, T − k).",
            ],
            "(double w, double u, double[] x, int k) → double",
            JudgeTruncated),
        new Exercise<Func<double, double>>(
            "05.3",
            "As little memory as possible",
            [
                "Where is the derivative of T/m + 2m by m zero?",
                "At m = √(T/2). Put that in.",
            ],
            "(double T) → double",
            JudgeMemory),
        new Exercise<Func<(int Window, double Scale)>>(
            "05.4",
            "Overturn the border",
            [
                "No gradient reaches step 1, so nothing will teach the recurrent weights to keep the symbol. Who else could see to it?",
                "The start can. Which s·I keeps a state for twenty steps as it is?",
                "The head needs no gradient through time: it learns to read what is there.",
            ],
            "() → (int window, double scale)",
            JudgeShortWindow),
    ];

    private static void JudgeTerms(Func<long, long, long> answer)
    {
        foreach (var (steps, window) in new[] { (1L, 1L), (4, 4), (4, 2), (10, 1), (7, 3), (5, 20), (1_000_000_000, 100), (1_000_000_000, 1_000_000_000) })
        {
            var given = answer(steps, window);
            var cut = Math.Min(window, steps);
            var right = (cut * (cut + 1) / 2) + ((steps - cut) * cut);
            Expect.That(given >= 0 || window > steps, "No answer yet: a number of terms is not negative. (Or does an int overflow?)");
            Expect.That(given == right || given != steps * window, $"For T = {steps}, k = {window} not every loss has {window} terms: the first ones have fewer steps behind them.");
            Expect.That(
                given == right || window <= steps,
                $"For T = {steps} a window of {window} cuts nothing off; there should be {right} terms, yours are {given}.");
            Expect.That(given == right, $"For T = {steps}, k = {window} there are {right} terms, yours are {given}.");
        }
    }

    private static void JudgeTruncated(Func<double, double, double[], int, double> answer)
    {
        double[] x = [0.5, -1, 0.8, 0.3, 1.2, -0.4];
        foreach (var (w, k) in new[] { (0.9, 6), (0.9, 3), (-1.4, 2), (0.7, 1), (1.1, 20) })
        {
            var given = answer(w, 0.8, (double[])x.Clone(), k);
            Expect.Number(given);
            var right = Truncated(w, x, k);
            bool Is(double wrong) => Math.Abs(given - wrong) < 1e-9 && Math.Abs(given - right) > 1e-9;
            Expect.That(!Is(Truncated(w, x, x.Length)), $"For k = {k} that is the full derivative: the walk back must stop after {k} steps.");
            Expect.That(
                !Is(Truncated(w, [.. x.TakeLast(k)], k)),
                $"For k = {k} your forward pass starts from 0 at the last {k} steps. The state is carried: run forward over the whole of x.");
            Expect.That(!Is(Truncated(w, x, k + 1)) && !Is(Truncated(w, x, k - 1)), $"For k = {k} yours adds a share too many or too few: it takes {Math.Min(k, x.Length)}.");
            Expect.Close(given, right, 1e-9, $"For w = {w} and k = {k} it should be {right:G4}, and it is {given:G4}. Do you read h before the step, and multiply by w on the way back?");
        }
    }

    /// <summary>dh_T/dw of one tanh unit with u = 0.8 through its last k steps.</summary>
    private static double Truncated(double w, double[] x, int k)
    {
        var h = new double[x.Length + 1];
        for (var t = 1; t <= x.Length; t++)
        {
            h[t] = Math.Tanh((w * h[t - 1]) + (0.8 * x[t - 1]));
        }

        var (sum, g) = (0.0, 1.0);
        for (var t = x.Length; t > Math.Max(0, x.Length - k); t--)
        {
            var delta = g * (1 - (h[t] * h[t]));
            sum += delta * h[t - 1];
            g = w * delta;
        }

        return sum;
    }

    private static void JudgeMemory(Func<double, double> answer)
    {
        foreach (var steps in new[] { 200.0, 800, 1e6 })
        {
            var given = answer(steps);
            Expect.Number(given);
            bool Is(double wrong) => Math.Abs(given - wrong) <= 1e-6 * wrong;
            Expect.That(!Is(Math.Sqrt(steps / 2)), "That is the best m. The question is how many matrices are kept with it.");
            Expect.That(!Is(2 * Math.Sqrt(steps)), "That would be the fewest for T/m + m. A segment keeps two matrices a step, pre-activation and state.");
            Expect.That(!Is(3 * Math.Sqrt(steps)), "That is for m = √T. A slightly shorter segment keeps fewer.");
            Expect.Close(given, 2 * Math.Sqrt(2 * steps), 1e-9, $"For T = {steps} it can be done with {2 * Math.Sqrt(2 * steps):G4}; yours is {given:G4}.");
        }
    }

    private static void JudgeShortWindow(Func<(int Window, double Scale)> answer)
    {
        var (window, scale) = answer();
        Expect.That(window > 0 && double.IsFinite(scale), "No answer yet: a window of at least 1 and a scale are needed.");
        Expect.That(window <= 3, $"A window of {window} is longer than allowed: at most 3 steps.");
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var share = Recalled(window, (float)scale, seed);
            Expect.That(
                share >= 0.9,
                scale < 1
                    ? $"Seed {seed}: {share:P0} of the symbols are named. By step 20 the state has shrunk to {Math.Pow(scale, 19):G2} of what it was, and no gradient says that this is bad."
                    : $"Seed {seed}: {share:P0} of the symbols are named. By step 20 the state has grown {Math.Pow(scale, 19):G2} times, more than a float or the head can take.");
        }
    }

    /// <summary>Share of symbols that a network names after 20 steps, trained with a gradient that is cut at every so many steps.</summary>
    private static double Recalled(int window, float scale, ulong seed)
    {
        const int Units = 32, Symbols = 8, Updates = 600;
        var random = new RandomSource(seed);
        var rnn = new Rnn(Symbols, Units, Activation.Relu).StartFromIdentity(random, inputStd: 0.2f, scale: scale);
        var model = new SequenceModel(rnn, new Linear(Units, Symbols, random)) { GradientWindow = window };
        var (loss, adam) = (new SoftmaxCrossEntropy(), new Adam(3e-3f));
        for (var update = 0; update < Updates; update++)
        {
            if (!double.IsFinite(model.LossAndGradients(Recall(16, random), loss)))
            {
                return 0;
            }

            GradientClip.ByGlobalNorm(model.Parameters, 1);
            adam.Step(model.Parameters);
        }

        var test = Recall(400, random);
        return loss.Accuracy(model.Forward(test.Inputs), test);

        static Batch Recall(int count, RandomSource random)
        {
            var (x, labels) = (new Tensor(20, count, Symbols), new int[count]);
            for (var s = 0; s < count; s++)
            {
                x[0, s, labels[s] = random.NextInt(Symbols)] = 1;
            }

            return new Batch(x, labels);
        }
    }
}
