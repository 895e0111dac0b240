namespace RnnBook;

/// <summary>Chapter 02, A network that learns.</summary>
internal static class Chapter02Exercises
{
    private delegate (double W1, double W2) GradientStep(double x, double t, double w1, double w2, double rate);

    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<GradientStep>(
            "02.1",
            "One update by hand",
            [
                "Forward first: h = max(0, w1·x), y = w2·h. Then ∂L/∂y = 2(y − t).",
                "∂L/∂w2 = ∂L/∂y·h. For w1 go on through w2, then through the bend (slope 1 above 0, else 0), then times x.",
                "Compute both gradients before you change a weight.",
            ],
            "(double x, double t, double w1, double w2, double rate) → (double w1, double w2)",
            JudgeUpdate),
        new Exercise<Func<int, double, double>>(
            "02.2",
            "A start for Leaky ReLU",
            [
                "By what factor does the bend change the mean square of a symmetric variable?",
                "Half of it is kept, half is multiplied by α². And a sum of I products has I times the weights' variance.",
            ],
            "(int inputs, double alpha) → double",
            JudgeStart),
        new Exercise<Func<(double Gain, double Centre)>>(
            "02.3",
            "Overturn a verdict: save the sigmoid",
            [
                "A sigmoid's values lie around ½. Which bias takes the mean of a weighted sum of them back?",
                "With that bias the pre-activations lie around 0, where the slope is ¼. Which gain makes up for it, and for the slopes away from 0?",
            ],
            "() → (double gain, double centre)",
            answer => JudgeSigmoid(answer())),
    ];

    private static void JudgeUpdate(GradientStep answer)
    {
        Case(2, 3, 0.5, 1.5, 0.05, "The example of section 1 gives other weights: follow the numbers there.");
        Case(1, 0, 1, 1, 0.1, "For x = 1, t = 0 and both weights 1 the loss is 1: do the weights go against the gradient, with the 2 of the square?");
        Case(2, 1, -0.5, 1.5, 0.1, "Where a = w1·x is negative, the unit is off: nothing reaches w1, and w2 has nothing to multiply.");
        Case(0, 1, 0.7, 1.5, 0.1, "Where a is exactly 0, the convention is slope 0.");
        Case(2, 4, 2, 0, 0.1, "With w2 = 0 no gradient reaches w1: is it taken before w2 has moved?");
        var random = new RandomSource(21);
        for (var i = 0; i < 50; i++)
        {
            Case(
                random.NextGaussian(), random.NextGaussian(), random.NextGaussian(), random.NextGaussian(), 0.05,
                "Fifty random networks give other weights.");
        }

        void Case(double x, double t, double w1, double w2, double rate, string otherwise)
        {
            var h = Math.Max(0, w1 * x);
            var slope = 2 * ((w2 * h) - t);
            var found = answer(x, t, w1, w2, rate);
            Expect.Close(found.W1, w1 - (h > 0 ? rate * slope * w2 * x : 0), 1e-12, otherwise);
            Expect.Close(found.W2, w2 - (rate * slope * h), 1e-12, otherwise);
        }
    }

    /// <summary>The share of the gradient that reaches the first of sixteen layers of sigmoids, on drawn digits, median of five draws.</summary>
    private static void JudgeSigmoid((double Gain, double Centre) start)
    {
        var (gain, centre) = start;
        Expect.Number(gain);
        Expect.Number(centre);
        Expect.That(Math.Abs(gain) <= 100 && Math.Abs(centre) <= 100, "Both numbers lie between −100 and 100.");
        var task = new StrokeDigits(14, pixelsPerStep: 196);
        var batch = task.TestBatch(32, 3);
        var kept = Enumerable.Range(1, 5).Select(seed => KeptFrom((ulong)seed)).Order().ElementAt(2);
        Expect.That(
            kept >= 0.9,
            $"{kept:P1} of the gradient arrives, 90 to 110 % are asked for: {(Math.Abs(centre - 0.5) > 0.2 ? "where do the units' pre-activations lie?" : "what is the slope times the gain?")}");
        Expect.That(kept <= 1.1, $"{kept:P1} of the gradient arrives, 90 to 110 % are asked for: now it grows on the way.");

        double KeptFrom(ulong seed)
        {
            int[] sizes = [196, .. Enumerable.Repeat(64, 16), 10];
            var net = new FeedForward(sizes, Activation.Sigmoid).StartFrom(new RandomSource(seed), Initializer.GlorotNormal());
            foreach (var layer in net.Layers.Skip(1).SkipLast(1))
            {
                Scale(layer, (float)gain, (float)centre);
            }

            net.RecordGradientNorms = true;
            net.LossAndGradients(batch, task.Loss);
            return net.GradientNorms[0] / net.GradientNorms[^2];
        }
    }

    /// <summary>W becomes gain·W, and each bias minus centre times the sum of its unit's new weights.</summary>
    private static void Scale(Linear layer, float gain, float centre)
    {
        for (var unit = 0; unit < layer.OutputSize; unit++)
        {
            var sum = 0f;
            for (var j = 0; j < layer.InputSize; j++)
            {
                sum += layer.Weight.Value[unit, j] *= gain;
            }

            layer.Bias.Value[unit] = -centre * sum;
        }
    }

    private static void JudgeStart(Func<int, double, double> answer)
    {
        Expect.Close(answer(200, 0), 0.1, 1e-12, "For α = 0 the bend is ReLU, and the start must be He's.");
        Expect.Close(answer(100, 1), 0.1, 1e-12, "For α = 1 there is no bend: nothing is lost there, and √(1/I) keeps the mean square.");
        Expect.Close(answer(50, -1), answer(50, 1), 1e-12, "α = −1 is the absolute value: it keeps every square, as α = 1 does.");
        Expect.Close(answer(400, 0.3), answer(100, 0.3) / 2, 1e-12, "With four times the inputs the deviation must be half as large.");
        foreach (var alpha in new[] { 0.01, 0.1, 0.25, 0.5 })
        {
            // The mean square after a sum of I products and the bend, for inputs of mean square 1.
            var kept = 64 * Math.Pow(answer(64, alpha), 2) * (1 + (alpha * alpha)) / 2;
            Expect.Close(kept, 1, 1e-9, $"For α = {alpha} your start multiplies the mean square by {kept:F4} in each layer.");
        }
    }
}
