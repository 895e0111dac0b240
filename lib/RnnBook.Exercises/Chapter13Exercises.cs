namespace RnnBook;

/// <summary>Chapter 13, Series and sounds.</summary>
internal static class Chapter13Exercises
{
    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<double, int, double>>(
            "13.1",
            "What persistence costs",
            [
                "Multiply out the square: two variances, less twice the product of the value now and then.",
                "The mean of sin(α + ωk)·sin α over α is cos(ωk)/2.",
            ],
            "(double omega, int k) → double",
            JudgePersistence),
        new Exercise<Func<double, (double A, double B)>>(
            "13.2",
            "Two numbers foretell a wave",
            ["What is sin(α + ω) + sin(α − ω)?"],
            "(double omega) → (double, double)",
            JudgeWeights),
        new Exercise<Func<int, int, int>>(
            "13.3",
            "How many numbers?",
            ["A layer of H units that reads I numbers has an H×I matrix, an H×H matrix and H biases.", "The second layer reads the first one's states; the head has a bias, too."],
            "(int first, int second) → int",
            JudgeParameters),
        new Exercise<Func<double[]>>(
            "13.4",
            "Overturn it, one step ahead",
            ["Look for a next value that is a bent function of the last one.", "The logistic map, x → r·x·(1 − x) with r near 4: its autocorrelation is nearly zero."],
            "() → double[]",
            JudgeSeries),
    ];

    private static void JudgePersistence(Func<double, int, double> answer)
    {
        foreach (var (omega, k) in new[] { (0.1, 1), (0.3, 5), (2.0, 3), (Math.PI, 1) })
        {
            Expect.Close(
                answer(omega, k),
                2 * (1 - Math.Cos(omega * k)),
                1e-9,
                FormattableString.Invariant($"For ω = {omega:G3} and k = {k} it is off. Half a period ahead the answer has the wrong sign, and the error is 4 variances."));
        }
    }

    private static void JudgeWeights(Func<double, (double A, double B)> answer)
    {
        foreach (var omega in new[] { 0.1, 1, 2.5 })
        {
            var (a, b) = answer(omega);
            Expect.Number(a);
            Expect.Number(b);
            foreach (var phase in new[] { 0, 0.7, 2, 4 })
            {
                var given = (a * Math.Sin(phase)) + (b * Math.Sin(phase - omega));
                Expect.Close(given, Math.Sin(phase + omega), 1e-9, FormattableString.Invariant($"For ω = {omega} and φ = {phase} the next value is missed."));
            }
        }
    }

    private static void JudgeParameters(Func<int, int, int> answer)
    {
        Expect.That(answer(64, 32) != 0, "No answer yet.");
        foreach (var (first, second) in new[] { (64, 32), (1, 1), (10, 3) })
        {
            var expected = (first * (first + 2)) + (second * (first + second + 1)) + second + 1;
            var given = answer(first, second);
            Expect.That(given == expected, $"With {first} and {second} units it is not {given}. Does every layer have its biases, and the second one the first one's states for inputs?");
        }
    }

    private static void JudgeSeries(Func<double[]> answer)
    {
        var series = answer();
        Expect.That(series is { Length: >= 1000 and <= 100_000 }, "No answer yet: 1000 to 100,000 values are needed.");
        Expect.That(series.All(double.IsFinite), "The series has values that are not finite.");
        var tail = series[(series.Length * 4 / 5)..];
        Expect.That(tail.Max() - tail.Min() > 1e-3 * (series.Max() - series.Min()), "The last fifth hardly moves: nothing is to be foretold.");
        var task = new SeriesTask("yours", [.. series.Select(x => new[] { x })], KerasProgram.WindowLength);
        var (train, test) = (SeriesWindows.Of(task, test: false, most: 500), SeriesWindows.Of(task, test: true));
        var linear = LinearForecast.Fit(train).Error(test);
        Expect.That(double.IsFinite(linear), "The linear rule has no weights of its own here: do all windows look alike?");
        var program = new ulong[] { 1, 2 }.Max(seed => ErrorOfProgram(train, test, seed));
        Expect.That(
            program <= linear / 5,
            FormattableString.Invariant($"The linear rule's error is {linear:G3}, the program's {program:G3}: a fifth or less is asked for."));
    }

    private static double ErrorOfProgram(Batch train, Batch test, ulong seed)
    {
        var program = new KerasProgram(random: new RandomSource(seed));
        program.Fit(train, new Adam(epsilon: 1e-7f), new RandomSource(seed + 7), epochs: 30);
        return program.Error(test);
    }
}
