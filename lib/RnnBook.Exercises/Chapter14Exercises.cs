namespace RnnBook;

/// <summary>Chapter 14, On the machine.</summary>
internal static class Chapter14Exercises
{
    private delegate (double[] Values, int[] Columns, int[] Starts) Compression(double[][] matrix);

    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Compression>(
            "14.1",
            "Compress a matrix",
            [
                "Walk through the rows, and in each through the columns; keep what is not 0, and its column.",
                "starts has one entry more than there are rows: the first is 0, and after each row comes the number of values so far.",
            ],
            "(double[][] matrix) → (double[] values, int[] columns, int[] starts)",
            JudgeCompression),
        new Exercise<Func<double, double, double>>(
            "14.2",
            "What a faster part saves",
            [
                "Call the old time 1. The part took s of it; the rest, 1 − s, stays as it is.",
                "The new time is 1 − s + s/k.",
            ],
            "(double s, double k) → double",
            JudgeSpeedUp),
        new Exercise<Func<double[], (sbyte[] Steps, double Scale)>>(
            "14.3",
            "A byte for a weight",
            [
                "The largest weight in absolute value gets step 127 or −127: that gives the scale.",
                "Divide, round to the nearest whole number, convert. And if all weights are 0?",
            ],
            "(double[] weights) → (sbyte[] steps, double scale)",
            JudgeInt8),
        new Exercise<Action<FeedForward>>(
            "14.4",
            "A tenth of the weights",
            [
                "What is pruned at once and never trained again loses much. Prune a little, train a little, and so on.",
                "Adam moves weights that were 0: prune again after the last update.",
                "The two layers need not be pruned alike. The last one is small, and every class hangs on it.",
            ],
            "(FeedForward net) → nothing: the net is changed in place",
            JudgeShrunk),
    ];

    private static void JudgeCompression(Compression answer)
    {
        Case([[0, 5, 0], [7, 0, 8]]);
        Case([[0, 0], [0, 0], [1, 0]]);
        Case([[-1e-30, 0, double.NaN]]);
        Case([]);
        var random = new RandomSource(24);
        Case([.. Enumerable.Range(0, 9).Select(_ => Enumerable.Range(0, 13).Select(_ => Math.Max(0, random.NextGaussian())).ToArray())]);

        void Case(double[][] matrix)
        {
            var (values, columns, starts) = answer(matrix);
            Expect.That(values is not null && columns is not null && starts is not null, "No answer yet: the result is null.");
            Expect.That(
                starts.Length == matrix.Length + 1,
                $"{matrix.Length} rows need {matrix.Length + 1} starts, not {starts.Length}: the end of the last row belongs to them.");
            Expect.That(values.Length == columns.Length, $"There are {values.Length} values but {columns.Length} columns.");
            Expect.That(
                starts[0] == 0 && starts[^1] == values.Length,
                $"starts goes from 0 to the number of values, but yours goes from {starts[0]} to {starts[^1]}.");
            Expect.That(!values.Contains(0), "A zero was stored.");
            for (var r = 0; r < matrix.Length; r++)
            {
                Unpack(r, matrix[r], values, columns, starts);
            }
        }
    }

    private static void Unpack(int r, double[] row, double[] values, int[] columns, int[] starts)
    {
        Expect.That(starts[r] <= starts[r + 1], $"starts must not fall, but row {r} begins at {starts[r]} and ends at {starts[r + 1]}.");
        var back = new double[row.Length];
        for (var k = starts[r]; k < starts[r + 1]; k++)
        {
            Expect.That(
                columns[k] >= 0 && columns[k] < back.Length,
                $"Column {columns[k]} is outside a row of {back.Length}: is it counted from the start of the row?");
            back[columns[k]] = values[k];
        }

        Expect.That(back.SequenceEqual(row), $"Row {r} unpacks to [{string.Join(", ", back)}], but it was [{string.Join(", ", row)}].");
    }

    private static void JudgeSpeedUp(Func<double, double, double> answer)
    {
        Expect.Close(answer(0, 10), 1, 1e-12, "A part that takes no time saves nothing: the speed-up is 1.");
        Expect.Close(answer(1, 4), 4, 1e-12, "If the part is all there is, its speed-up is that of the whole.");
        Expect.Close(
            answer(0.5, double.PositiveInfinity), 2, 1e-12, "A part of one half that costs nothing any more makes the whole twice as fast, not more.");
        foreach (var (s, k) in new[] { (0.1, 2.0), (0.03, 30), (0.8, 5), (0.2, 0.5) })
        {
            Expect.Close(
                answer(s, k), 1 / (1 - s + (s / k)), 1e-9, $"For s = {s} and k = {k} it is off: add up the new time, then divide the old one by it.");
        }
    }

    private static void JudgeInt8(Func<double[], (sbyte[] Steps, double Scale)> answer)
    {
        var random = new RandomSource(143);
        double[] many = [.. Enumerable.Range(0, 500).Select(_ => random.NextGaussian())];
        foreach (var weights in new double[][] { [0.5, -1, 0.25], [-3, 0.1], [1e-6, 2e-6], many })
        {
            var (steps, scale) = answer([.. weights]);
            Expect.That(steps is not null, "No answer yet: the result is null.");
            Expect.That(steps.Length == weights.Length, $"{weights.Length} weights need as many steps, not {steps.Length}.");
            var largest = weights.Max(Math.Abs);
            Expect.Close(
                scale / largest,
                1 / 127.0,
                1e-9,
                $"The largest weight, {largest}, should be 127 steps of the scale; yours is {scale}: is its sign left out, is the range used up?");
            for (var i = 0; i < weights.Length; i++)
            {
                Expect.That(
                    Math.Abs((steps[i] * scale) - weights[i]) <= scale * 0.5001,
                    $"Weight {weights[i]:G4} became {steps[i]} · {scale:G4}, more than half a step away: is it rounded to the nearest?");
            }
        }

        var (zeros, _) = answer([0, 0]);
        Expect.That(zeros is [0, 0], "Weights that are all 0 stay 0.");
    }

    private static void JudgeShrunk(Action<FeedForward> answer)
    {
        var net = CompressionStudy.Trained("ReLU", units: 128, seed: 14, updates: 1000);
        var before = CompressionStudy.Accuracy(net);
        answer(net);
        var weights = net.Layers.Select(layer => layer.Weight.Value).ToList();
        var zeros = weights.Sum(weight => weight.Span.ToArray().Count(value => value == 0)) / (double)weights.Sum(weight => weight.Count);
        Expect.That(zeros > 0, "No weight is 0 yet.");
        Expect.That(zeros >= 0.9, $"{zeros:P1} of the weights are 0, and 90 % are asked for.");
        var after = CompressionStudy.Accuracy(net);
        Expect.That(
            after > before - 0.01,
            $"{zeros:P1} of the weights are 0, but the accuracy fell from {before:P1} to {after:P1}: less than one point may be lost.");
    }
}
