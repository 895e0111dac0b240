namespace RnnBook;

/// <summary>What can be trained: it has parameters, answers a batch, and knows the loss's gradients.</summary>
public interface IModel
{
    /// <summary>What training changes.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Inputs I of a time step.</summary>
    public int InputSize { get; }

    /// <summary>Outputs O of an answer.</summary>
    public int OutputSize { get; }

    /// <summary>Whether there is an answer after every step or only after the last.</summary>
    public bool EveryStep { get; }

    /// <summary>Answers a batch.</summary>
    /// <param name="batch">Of it only the inputs and the lengths are read.</param>
    /// <returns>[B, O], or [T, B, O] with an answer every step; owned by the model, overwritten by the next forward pass.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or an input or a parameter is NaN or ∞.</exception>
    public Tensor Forward(Batch batch);

    /// <summary>Sets all gradients anew: forward pass, loss, backward pass.</summary>
    /// <param name="batch">Inputs and what to answer.</param>
    /// <param name="loss">How far off an answer is.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">A shape, a length or a label does not fit, or an input or a parameter is NaN or ∞.</exception>
    public double LossAndGradients(Batch batch, Loss loss);

    /// <summary>As <see cref="Forward"/>, but NaN in parameters is not refused: training reports it as divergence.</summary>
    internal Tensor Answer(Batch batch) => Forward(batch);

    /// <summary>As <see cref="LossAndGradients"/>, but NaN in parameters is not refused.</summary>
    internal double Learn(Batch batch, Loss loss) => LossAndGradients(batch, loss);

    /// <summary>What bounds the gradients on their way back, in words that are the same on every machine.</summary>
    internal string GradientBounds => "";
}
