namespace RnnBook;

/// <summary>
/// Several sequences of one length with what a model should answer: values in <see cref="Targets"/> or classes in
/// <see cref="Labels"/>. T is the number of time steps, B the number of sequences, I the inputs of a step, O the outputs.
/// </summary>
public sealed class Batch
{
    /// <summary>Joins inputs with target values.</summary>
    /// <param name="inputs">[T, B, I].</param>
    /// <param name="targets">[B, O] for an answer after the last step, [T, B, O] for one after every step.</param>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public Batch(Tensor inputs, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        Inputs = Checked(inputs);
        Targets = targets;
        if (targets.Rank == 3)
        {
            targets.RequireShape("The targets of every step", Length, Size, -1);
        }
        else
        {
            targets.RequireShape("The targets", Size, -1);
        }
    }

    /// <summary>Joins inputs with class labels.</summary>
    /// <param name="inputs">[T, B, I].</param>
    /// <param name="labels">
    /// B labels for an answer after the last step; T·B labels, ordered as [T, B], for one after every step. −1: not counted.
    /// </param>
    /// <exception cref="ArgumentException">The number of labels fits neither.</exception>
    public Batch(Tensor inputs, int[] labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Inputs = Checked(inputs);
        Labels = labels;
        if (labels.Length != Size && labels.Length != Length * Size)
        {
            throw new ArgumentException(
                $"{labels.Length} labels do not fit inputs {inputs.ShapeText}: {Size} or {Length * Size} are needed.", nameof(labels));
        }
    }

    /// <summary>What the model reads, [T, B, I].</summary>
    public Tensor Inputs { get; }

    /// <summary>The values to answer with, [B, O] or [T, B, O]; null if the answers are classes.</summary>
    public Tensor? Targets { get; }

    /// <summary>The classes to answer with, B or T·B of them, −1 where none is counted; null if the answers are values.</summary>
    public int[]? Labels { get; }

    /// <summary>Time steps T.</summary>
    public int Length => Inputs.Shape[0];

    /// <summary>Sequences B.</summary>
    public int Size => Inputs.Shape[1];

    /// <summary>How many answers a mean loss averages: target values, or labels that are not −1.</summary>
    internal int Counted
    {
        get
        {
            var counted = Targets?.Count ?? 0;
            foreach (var label in Labels.AsSpan())
            {
                counted += label >= 0 ? 1 : 0;
            }

            return counted;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Targets is null
        ? $"Batch: inputs {Inputs.ShapeText}, {Labels!.Length} labels"
        : $"Batch: inputs {Inputs.ShapeText}, targets {Targets.ShapeText}";

    private static Tensor Checked(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        inputs.RequireShape("The inputs", -1, -1, -1);
        return inputs;
    }
}
