namespace RnnBook;

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
        $"update {Update}, {Seconds:F2} s: train loss {TrainLoss:G4}, test error {TestError:G4}"
        + (double.IsNaN(Accuracy) ? "" : $", accuracy {Accuracy:P1}") + $", gradient norm {GradientNorm:G4}";
}
