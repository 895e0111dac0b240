namespace RnnBook;

/// <summary>Chapter 08, Gates and shortcuts.</summary>
internal static class Chapter08Exercises
{
    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<double, int, double>>(
            "08.1",
            "A bias for a memory",
            [
                "After T steps σ(b)ᵀ is left. Which σ(b) leaves the share that is asked for?",
                "σ(b) is the T-th root of the share.",
                "The inverse of σ is ln(s / (1 − s)).",
            ],
            "(double kept, int steps) → double",
            JudgeBias),
        new Exercise<Func<LstmStep, double[], (double[] Di, double[] Df, double[] Dg, double[] Dc)>>(
            "08.2",
            "Back through the cell",
            [
                "c_t = f c_{t−1} + i g: what multiplies f here? That is the factor on the way to f.",
                "From a gate to its pre-activation there is one more factor: σ′ = σ(1 − σ), tanh′ = 1 − tanh².",
                "The road back to c_{t−1} has one factor only.",
            ],
            "(LstmStep step, double[] d) → (double[], double[], double[], double[])",
            JudgeBackward),
        new Exercise<Func<(Lstm Layer, double Scale)>>(
            "08.3",
            "A memory by hand",
            [
                "The forget gate must stay open for two hundred steps: lstm.Pin(LstmGate.Forget), or a bias that is large.",
                "The input gate must be shut, but for the mark: a large negative bias, and a weight on the mark that outweighs it.",
                "tanh is nearly straight near 0: let the candidate be tanh(0.1 · value) and the scale 10.",
            ],
            "() → (Lstm, double)",
            JudgeMemory),
        new Exercise<Func<ulong, Rnn>>(
            "08.4",
            "Overturn it: a road without a gate",
            [
                "Which matrices keep the length of every vector?",
                "tanh has slope 1 only near 0: how large may the states become, and what makes them large?",
                "An orthogonal W_hh, biases 0, and input weights so small that the states stay small: StartFrom does all three.",
            ],
            "(ulong seed) → Rnn",
            JudgeStart),
    ];

    private static void JudgeBias(Func<double, int, double> answer)
    {
        Expect.Close(answer(0.5, 1), 0, 1e-9, "After one step a half is left for b = 0, since σ(0) = ½.");
        foreach (var (kept, steps) in new[] { (0.5, 50), (0.1, 7), (0.9, 200), (Math.Exp(-1), 1000) })
        {
            var b = answer(kept, steps);
            Expect.Number(b);
            var left = Math.Pow(1 / (1 + Math.Exp(-b)), steps);
            Expect.That(Math.Abs(left - kept) < 1e-9, $"With b = {b:G4} the share {left:G4} is left after {steps} steps, not {kept:G4}.");
        }
    }

    private static void JudgeBackward(Func<LstmStep, double[], (double[] Di, double[] Df, double[] Dg, double[] Dc)> answer)
    {
        var random = new RandomSource(8);
        var layer = new Lstm(2, 3, random);
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
        var step = new LstmCell(new CellWeights(layer)).Forward(Draw(2), Draw(3), Draw(3));
        var d = Draw(3);
        var (di, df, dg, dc) = answer(step, d);
        Expect.That(di is not null && df is not null && dg is not null && dc is not null, "No answer yet: four arrays of H numbers are needed.");
        Expect.That(new[] { di, df, dg, dc }.All(array => array.Length == 3), "Each of the four arrays has H numbers, one a unit.");

        // By moving a pre-activation a little: what the gate then is, and what that does to c_t·d.
        for (var j = 0; j < 3; j++)
        {
            double Gate(double value, double by) => 1 / (1 + (((1 / value) - 1) * Math.Exp(-by)));
            double Cell(double i, double f, double g, double c) =>
                d[j] * ((Gate(step.F[j], f) * (step.C[j] + c)) + (Gate(step.I[j], i) * Math.Tanh(Math.Atanh(step.G[j]) + g)));
            const double Little = 1e-5;
            double Slope(Func<double, double> function) => (function(Little) - function(-Little)) / (2 * Little);
            Compare(dc[j], Slope(by => Cell(0, 0, 0, by)), j, "c_{t−1}");
            Compare(df[j], Slope(by => Cell(0, by, 0, 0)), j, "the forget gate's pre-activation");
            Compare(di[j], Slope(by => Cell(by, 0, 0, 0)), j, "the input gate's pre-activation");
            Compare(dg[j], Slope(by => Cell(0, 0, by, 0)), j, "the candidate's pre-activation");
        }
    }

    private static void Compare(double given, double moved, int unit, string what) =>
        Expect.Close(given, moved, 1e-7, $"The gradient of {what} of unit {unit + 1} is {given:G4}; by moving it a little it is {moved:G4}.");

    private static void JudgeMemory(Func<(Lstm Layer, double Scale)> answer)
    {
        var (layer, scale) = answer();
        Expect.That(layer is not null, "No answer yet: an LSTM is needed.");
        Expect.That(layer.InputSize == 2, $"The LSTM reads two numbers a step, value and mark; yours reads {layer.InputSize}.");
        foreach (var (length, marked, value) in new[] { (210, 5, 0.8f), (210, 9, 0.2f), (400, 200, 0.5f), (210, 209, 0.9f), (210, -1, 0f) })
        {
            var random = new RandomSource((ulong)(length + marked + 1));
            var x = new Tensor(length, 1, 2);
            for (var t = 0; t < length; t++)
            {
                (x[t, 0, 0], x[t, 0, 1]) = t == marked ? (value, 1) : (random.NextSingle(), 0);
            }

            layer.Forward(x);
            var read = scale * layer.CellStates[length - 1, 0, 0];
            Expect.That(double.IsFinite(read), "No answer yet: scale times the cell state is no number.");
            Expect.That(
                Math.Abs(read - value) < 0.01,
                marked < 0
                    ? $"Without any mark the cell should stay at 0; {read:F3} is read. What lets unmarked values in?"
                    : $"Marked was {value} at step {marked + 1} of {length}; at the end {read:F3} is read.");
        }
    }

    private static void JudgeStart(Func<ulong, Rnn> answer)
    {
        foreach (var seed in new ulong[] { 3, 4, 5 })
        {
            var rnn = answer(seed);
            Expect.That(rnn is not null, "No answer yet: an Rnn is needed.");
            Expect.That(rnn.InputSize == 2 && rnn.HiddenSize == 32, $"A layer of 2 inputs and 32 units is needed, not {rnn}.");
            Expect.That(rnn.Activation is Tanh && !rnn.Residual, "Without a gate, without a shortcut, with tanh: that is the bet.");
            var task = new AddingProblem(100);
            var model = new SequenceModel(rnn, new Linear(32, 1, new RandomSource(seed)));
            var norms = GradientFlow.Measure(model, task.TestBatch(16, seed), task.Loss).MeanNorms[0];
            var kept = norms[0] / norms[^1];
            Expect.That(kept >= 0.01, $"Of the gradient {kept:G2} reaches step 1: it vanishes.");
            Expect.That(kept <= 100, $"The gradient at step 1 is {kept:G2} times that at the end: it explodes.");
            Expect.That(rnn.States.Slice(99).ToArray().Any(state => state != 0), "The states are all 0: a network that does not read its input remembers nothing.");
        }
    }
}
