namespace RnnBook;

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
