namespace RnnBook;

/// <summary>How far a model's output lies from what a batch asks for, as one number, and that number's gradient.</summary>
public abstract class Loss
{
    /// <summary>The mean loss over everything that the batch counts, and its gradient.</summary>
    /// <param name="output">The model's output, [B, O] or [T, B, O].</param>
    /// <param name="batch">What was asked for.</param>
    /// <param name="gradient">Receives ∂L/∂output, same shape as the output; every element is written. Null: not wanted.</param>
    /// <exception cref="ArgumentException">The shapes disagree, the batch is empty, or a label is out of range.</exception>
    public abstract double Evaluate(Tensor output, Batch batch, Tensor? gradient);

    /// <summary>Share of the counted answers that are right, 0 to 1; NaN where right and wrong have no meaning.</summary>
    /// <param name="output">The model's output, [B, O] or [T, B, O].</param>
    /// <param name="batch">What was asked for.</param>
    public virtual double Accuracy(Tensor output, Batch batch) => double.NaN;
}
