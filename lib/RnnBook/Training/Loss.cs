namespace RnnBook;

/// <summary>How far a model's output lies from what a batch asks for, as one number, and that number's gradient.</summary>
public abstract class Loss
{
    /// <summary>The mean loss over everything that the batch counts, and its gradient.</summary>
    /// <param name="output">The model's output, [B, O] or [T, B, O].</param>
    /// <param name="batch">What was asked for.</param>
    /// <param name="gradient">Receives ∂L/∂output, same shape as the output; every element is written. Null: not wanted.</param>
    /// <exception cref="ArgumentException">The shapes disagree, the batch is empty, a label is out of range, or a target is NaN or ∞.</exception>
    public abstract double Evaluate(Tensor output, Batch batch, Tensor? gradient);

    /// <summary>A share of <see cref="Evaluate"/>: what all shares give, added in order, is the mean loss. A loss that cannot be shared leaves all to the first.</summary>
    internal virtual double EvaluateShare(Tensor output, Batch batch, Tensor? gradient, Share share) =>
        share.Index == 0 ? Evaluate(output, batch, gradient) : 0;

    /// <summary>Share of the counted answers that are right, 0 to 1; NaN where right and wrong have no meaning.</summary>
    public virtual double Accuracy(Tensor output, Batch batch) => double.NaN;

    /// <summary>Throws unless the output answers this batch, after its last step or after every step.</summary>
    private protected static void RequireAnswers(Tensor output, Batch batch)
    {
        if (output.Count == 0 || batch.Size == 0 || batch.Length == 0)
        {
            throw new ArgumentException($"The batch is empty: inputs {batch.Inputs.ShapeText}, output {output.ShapeText}.");
        }

        ReadOnlySpan<int> shape = output.Rank == 3 ? [batch.Length, batch.Size, -1] : [batch.Size, -1];
        output.RequireShape("The output", shape);
    }
}
