namespace RnnBook;

/// <summary>Chapter 15, The ledger.</summary>
internal static class Chapter15Exercises
{
    private const int Runs = 10;

    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<double[], double, string>>(
            "15.1",
            "Decide from the runs",
            [
                "The median alone decides nothing: what counts is its 95 % interval, Interval.OfMedian(runs).",
                "It holds if both ends of the interval are at least the threshold, it fails if both are below.",
                "A run that never got there is ∞, and ∞ is at least any threshold: comparisons need no special case.",
            ],
            "(double[] runs, double threshold) → string",
            JudgeDecision),
        new Exercise<Func<double, int, int>>(
            "15.2",
            "How many seeds does a share need?",
            [
                "Interval.OfShare(yes, count).Low must reach the threshold; yes is count less the failures.",
                "Count up from one run more than the failures until it does.",
                "Without failures Wilson's lower end is n / (n + z²) with z = 1.96.",
            ],
            "(double threshold, int failures) → int",
            JudgeSeeds),
        new Exercise<Func<(Claim Claim, string Criterion, Func<ulong, double> Measure)>>(
            "15.3",
            "Overturn a verdict",
            [
                "Take a claim with few criteria that is recorded as reproduced: one criterion that fails overturns it. claims[\"P11\"] shows its criteria at the end of a cell.",
                "P11 multiplies matrices whose entries are drawn with standard deviation 1. Which condition is that?",
                "Draw the entries with standard deviation 1/2: each factor then shrinks a vector on average. log10 of the norm after 100 factors is the measurement.",
            ],
            "() → (Claim claim, string criterion, Func<ulong, double> measure)",
            JudgeOverturning),
    ];

    private static void JudgeDecision(Func<double[], double, string> answer)
    {
        double[][] cases =
        [
            [0.4, 2.4, 2.1, 2.6, 2.2, 2.3, 2.0, 2.5, 2.2, 2.4],
            [0.7, 0.6, 0.9, 0.8, 0.7, 0.5, 0.8, 0.9, 0.6, 0.7],
            [0.5, 1.6, 0.7, 1.4, 1.2, 0.8, 1.5, 1.1, 0.6, 1.3],
            [.. Enumerable.Repeat(double.PositiveInfinity, 8), 0.5, 0.6],
            [1, 1, 1, 1, 1, 1],
        ];
        foreach (var runs in cases)
        {
            var said = answer([.. runs], 1);
            Expect.That(!string.IsNullOrWhiteSpace(said), "No answer yet: say \"holds\", \"fails\" or \"undecided\".");
            Expect.That(said is "holds" or "fails" or "undecided", $"\"{said}\" is none of \"holds\", \"fails\", \"undecided\".");
            var interval = Interval.OfMedian(runs);
            var right = interval.Low >= 1 ? "holds" : interval.High < 1 ? "fails" : "undecided";
            Expect.That(said == right, Explain(said, right, runs, interval));
        }
    }

    private static string Explain(string said, string right, double[] runs, Interval interval)
    {
        var shown = $"the runs {string.Join(", ", runs.Order())}: the median is at least 1";
        return right == "undecided" ? $"You say \"{said}\" of {shown}, but its interval, {interval}, lies on both sides of 1."
            : $"You say \"{said}\" of {shown}; its interval, {interval}, lies wholly {(right == "holds" ? "on the right side" : "below")}.";
    }

    private static void JudgeSeeds(Func<double, int, int> answer)
    {
        foreach (var (threshold, failures) in new[] { (0.8, 0), (0.5, 0), (0.9, 0), (0.8, 1), (0.8, 3), (0.5, 10) })
        {
            var said = answer(threshold, failures);
            var right = failures + 1;
            while (Interval.OfShare(right - failures, right).Low < threshold)
            {
                right++;
            }

            Expect.That(said > 0, "No answer yet: a number of runs, 1 or more, is needed.");
            var low = said > failures ? Interval.OfShare(said - failures, said).Low : 0;
            Expect.That(
                said >= right,
                $"For a share of at least {threshold} and {failures} failures, {said} runs are too few: the interval begins at {low:F3}.");
            Expect.That(
                said == right,
                $"For a share of at least {threshold} and {failures} failures, {said} runs are more than it takes: with one less the interval still begins above.");
        }
    }

    /// <summary>Measures on ten fresh seeds, lets the criterion judge, and asks whether that alone turns the recorded verdict.</summary>
    private static void JudgeOverturning(Func<(Claim Claim, string Criterion, Func<ulong, double> Measure)> answer)
    {
        var (claim, name, measure) = answer();
        Expect.That(claim is not null && measure is not null, "No answer yet: a claim, the name of a criterion and a measurement are needed.");
        Expect.That(
            claim.Criteria.Any(c => c.Name == name),
            $"{claim.Id} has no criterion \"{name}\": there {(claim.Criteria.Count == 0 ? "is none" : $"are {string.Join(", ", claim.Criteria.Select(c => c.Name).Distinct())}")}.");
        Expect.That(claim.Recorded is not null, $"{claim.Id} is open: there is no verdict to overturn.");
        var values = Enumerable.Range(0, Runs).Select(i => measure(5000 + (ulong)i)).ToArray();
        foreach (var value in values)
        {
            Expect.Number(value);
        }

        Expect.That(measure(5000) == values[0], "The same seed should give the same number: draw everything from a RandomSource of the seed.");
        Expect.That(values.Distinct().Count() > 1, $"All {Runs} seeds give {values[0]:G4}: a number that does not depend on the seed was not measured.");
        var same = claim.Criteria.Where(c => c.Name == name).ToList();
        var turned = same.FirstOrDefault(c => Turns(claim, c, c.Judge(values).State));
        Expect.That(turned is not null, WhyNot(claim, same[0], same[0].Judge(values)));
    }

    /// <summary>Whether this state of one criterion is enough, whatever the others are.</summary>
    private static bool Turns(Claim claim, Criterion criterion, CriterionState state) => claim.Recorded switch
    {
        VerdictKind.Reproduced or VerdictKind.Checked => state == CriterionState.Fails && criterion.Use != CriterionUse.Qualified,
        VerdictKind.Qualified => state == CriterionState.Fails && criterion.Use != CriterionUse.Stated,
        VerdictKind.Refuted => state == CriterionState.Holds && claim.Criteria.Count == 1,
        _ => false,
    };

    private static string WhyNot(Claim claim, Criterion criterion, Measurement measured) => measured.State switch
    {
        CriterionState.Undecided => $"Your measurement, {measured.MeasuredText}, lies on both sides of the threshold ({criterion.ThresholdText}): that decides nothing.",
        _ => $"{claim.Id} stays {claim.Recorded!.Value.Word()}: \"{criterion.Name}\" {(measured.Holds ? "holds" : "fails")} with {measured.MeasuredText} (threshold {criterion.ThresholdText}), "
            + "and that alone does not turn it.",
    };
}
