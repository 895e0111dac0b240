namespace RnnBook;

/// <summary>What studies that train have in common: from a history to an outcome.</summary>
internal static class Training
{
    /// <summary>A run has learned if its last test error is at most this share of the baseline.</summary>
    public const double Target = 0.1;

    /// <summary>Trains to the end, without an early stop, and keeps what is compared.</summary>
    /// <param name="trainer">Ready to run.</param>
    /// <param name="updates">How many.</param>
    /// <param name="watch">Follows it, or cuts it short.</param>
    public static TrainingHistory Run(Trainer trainer, int updates, RunWatch watch)
    {
        var history = trainer.Run(Math.Min(updates, watch.MostUpdates ?? updates), watch.Progress, watch.Cancellation);
        watch.Cancellation.ThrowIfCancellationRequested();
        return history;
    }

    /// <summary>
    /// "diverged", "learned" (the last test error is at most a tenth of the baseline), or "not learned"; with the measures that every race
    /// compares: final error and its mean logarithm over the run, both in baselines, and updates to the target.
    /// </summary>
    public static RunOutcome Outcome(TrainingHistory history)
    {
        var diverged = history.Outcome == TrainingOutcome.Diverged;
        var reached = history.FirstReached(Target * history.Baseline);
        var final = diverged ? double.PositiveInfinity : history.Last.TestError / history.Baseline;
        return new RunOutcome(diverged ? "diverged" : final <= Target ? "learned" : "not learned")
        {
            Updates = history.Updates,
            Measures =
            [
                ("final", final),
                ("log-mean", diverged ? double.PositiveInfinity : history.Points.Skip(1).Average(p => Math.Log10(p.TestError / history.Baseline))),
                ("updates-to-target", reached is { } point ? point.Update : double.PositiveInfinity),
                ("seconds-an-update", history.Seconds / Math.Max(1, history.Updates)),
                ("peak-gradient", history.GradientNorms.Count == 0 ? 0 : history.GradientNorms.Max(norm => double.IsFinite(norm) ? norm : double.PositiveInfinity)),
            ],
            Head = RunOutcome.HeadOf(history.Losses),
            Curves = [new RunCurve("error", [.. history.Points.Select(p => ((double)p.Update, p.TestError / history.Baseline))]).Thinned(50)],
        };
    }
}
