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
        return $"{end}, {Seconds:F2} s, test error {Last.TestError:G4} (baseline {Baseline:G4})";
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
