using static System.FormattableString;

namespace RnnBook;

/// <summary>What happened in a training run: the evaluations, the loss and gradient norm of every update, and how it ended.</summary>
public sealed class TrainingHistory
{
    private readonly List<TrainingPoint> points = [];
    private readonly List<double> losses = [];
    private readonly List<double> gradientNorms = [];

    internal TrainingHistory(double baseline) => Baseline = baseline;

    /// <summary>The evaluations, the first of them before the first update of the run.</summary>
    public IReadOnlyList<TrainingPoint> Points => points;

    /// <summary>The training loss of every update, that of one that diverged too.</summary>
    public IReadOnlyList<double> Losses => losses;

    /// <summary>The norm of all gradients at every update, before clipping.</summary>
    public IReadOnlyList<double> GradientNorms => gradientNorms;

    /// <summary>How the run ended.</summary>
    public TrainingOutcome Outcome { get; private set; }

    /// <summary>Updates made in this run; one that diverged is not made.</summary>
    public int Updates { get; internal set; }

    /// <summary>Seconds of training; evaluation does not count.</summary>
    public double Seconds { get; internal set; }

    /// <summary>The task's baseline: the test error of who has learned nothing.</summary>
    public double Baseline { get; }

    /// <summary>The last evaluation.</summary>
    public TrainingPoint Last => points[^1];

    /// <summary>The evaluation with the smallest test error.</summary>
    public TrainingPoint Best => points.MinBy(p => double.IsNaN(p.TestError) ? double.PositiveInfinity : p.TestError);

    /// <summary>The update that diverged, if one did.</summary>
    public int? DivergedAt { get; private set; }

    /// <summary>Where NaN or ∞ was found: the name of a parameter, "loss", or "test error"; null if the run did not diverge.</summary>
    public string? DivergedIn { get; private set; }

    /// <summary>The first evaluation whose test error is at most <paramref name="testError"/>; null if there is none.</summary>
    public TrainingPoint? FirstReached(double testError) =>
        points.FindIndex(point => point.TestError <= testError) is >= 0 and var first ? points[first] : null;

    /// <inheritdoc/>
    public override string ToString()
    {
        var end = Outcome switch
        {
            TrainingOutcome.Diverged => $"diverged at update {DivergedAt} in {DivergedIn}",
            TrainingOutcome.ReachedTarget => $"reached the target after {Updates} updates",
            TrainingOutcome.Cancelled => $"cancelled after {Updates} updates",
            _ => $"completed {Updates} updates",
        };
        return Invariant($"{end}, {Seconds:F2} s, test error {Last.TestError:G4} (baseline {Baseline:G4})");
    }

    /// <summary>Room for all, so that training allocates nothing.</summary>
    internal void MakeRoom(int updates, int evaluations)
    {
        points.EnsureCapacity(points.Count + evaluations);
        losses.EnsureCapacity(losses.Count + updates);
        gradientNorms.EnsureCapacity(gradientNorms.Count + updates);
    }

    internal void Add(double loss, double gradientNorm)
    {
        losses.Add(loss);
        gradientNorms.Add(gradientNorm);
    }

    internal void Add(TrainingPoint point) => points.Add(point);

    internal void End(TrainingOutcome outcome, double seconds) => (Outcome, Seconds) = (outcome, seconds);

    internal TrainingOutcome Diverge(int update, string where)
    {
        (DivergedAt, DivergedIn) = (update, where);
        return TrainingOutcome.Diverged;
    }
}

/// <summary>What an evaluation during training found.</summary>
/// <param name="Update">Updates made so far.</param>
/// <param name="Seconds">Seconds of training so far; evaluation does not count.</param>
/// <param name="TrainLoss">Mean loss over the updates since the last point; NaN before the first update.</param>
/// <param name="TestError">Loss on the test set.</param>
/// <param name="Accuracy">Share of right answers on the test set, by what the task calls right; NaN if it knows no right and wrong.</param>
/// <param name="GradientNorm">Norm of all gradients at this update, before clipping; NaN before the first update.</param>
public readonly record struct TrainingPoint(
    int Update, double Seconds, double TrainLoss, double TestError, double Accuracy, double GradientNorm)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Invariant($"update {Update}, {Seconds:F2} s: train loss {TrainLoss:G4}, test error {TestError:G4}")
        + (double.IsNaN(Accuracy) ? "" : Invariant($", accuracy {Accuracy:P1}")) + Invariant($", gradient norm {GradientNorm:G4}");
}

/// <summary>How a training run ended.</summary>
public enum TrainingOutcome
{
    /// <summary>All updates were made.</summary>
    Completed,

    /// <summary>The test error came down to the target.</summary>
    ReachedTarget,

    /// <summary>The loss, a gradient or the test error was NaN or ∞.</summary>
    Diverged,

    /// <summary>The caller asked to stop.</summary>
    Cancelled,
}
