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

    /// <summary>
    /// Each sequence's own length, B of them in 1 … T; null if all have T steps. What stands in the inputs and answers behind a
    /// sequence's end does not count, and an answer after the last step is one after the sequence's own last step.
    /// </summary>
    /// <exception cref="ArgumentException">Not B lengths, or one that is not in 1 … T.</exception>
    public int[]? Lengths
    {
        get;
        init
        {
            RequireLengths(value, Length, Size);
            field = value;
        }
    }

    /// <summary>Time steps T.</summary>
    public int Length => Inputs.Shape[0];

    /// <summary>Sequences B.</summary>
    public int Size => Inputs.Shape[1];

    /// <summary>How many answers a mean loss averages: target values, or labels that are not −1; none behind a sequence's end.</summary>
    internal int Counted
    {
        get
        {
            var (answers, values) = Labels is { } labels ? (labels.Length, 1) : (Targets!.Count / Targets.Shape[^1], Targets.Shape[^1]);
            var counted = 0;
            for (var i = 0; i < answers; i++)
            {
                counted += IsCounted(i) ? values : 0;
            }

            return counted;
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"Batch: inputs {Inputs.ShapeText}, {(Targets is null ? $"{Labels!.Length} labels" : $"targets {Targets.ShapeText}")}"
        + (Lengths is null ? "" : $", lengths {Lengths.Min()} to {Lengths.Max()}");

    /// <summary>Whether an answer counts: its label is not −1, and the sequence has not ended before it.</summary>
    /// <param name="answer">Number of the answer, ordered as [B] or [T, B].</param>
    internal bool IsCounted(int answer) =>
        (Labels is null || Labels[answer] >= 0)
        && (Lengths is null || !HasEveryStep || answer / Size < Lengths[answer % Size]);

    /// <summary>Throws unless there are B lengths in 1 … T, or none at all.</summary>
    internal static void RequireLengths(int[]? lengths, int length, int size)
    {
        if (lengths is null)
        {
            return;
        }

        if (lengths.Length != size)
        {
            throw new ArgumentException($"There are {lengths.Length} lengths, but {size} sequences.", nameof(lengths));
        }

        if (lengths.AsSpan().IndexOfAnyExceptInRange(1, length) is >= 0 and var b)
        {
            throw new ArgumentException($"Sequence {b} has length {lengths[b]}, but lengths are 1 to T = {length}.", nameof(lengths));
        }
    }

    private bool HasEveryStep => Targets is null ? Labels!.Length != Size : Targets.Rank == 3;

    private static Tensor Checked(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        inputs.RequireShape("The inputs", -1, -1, -1);
        return inputs;
    }
}
