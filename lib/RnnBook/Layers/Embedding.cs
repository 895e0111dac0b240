using System.Numerics;
using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// A table of learned vectors: id n becomes row n (PyTorch's <c>Embedding</c>). The same as a one-hot input times a matrix, without the
/// multiplications; a backward pass touches only the rows that were read.
/// </summary>
public sealed class Embedding
{
    private readonly PackedMatrix outputGradient = new();
    private int[] ids = [];
    private Tensor? output;

    /// <summary>Makes a table with PyTorch's default start: every number from N(0, 1).</summary>
    /// <param name="count">Ids: 0 to count − 1.</param>
    /// <param name="size">Numbers of a vector, D.</param>
    /// <param name="random">Where the numbers are drawn from; null for the stream of seed 1.</param>
    public Embedding(int count, int size, RandomSource? random = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        (Count, Size) = (count, size);
        Weight = new Parameter("weight", count, size);
        Parameters = [Weight];
        Use = new SoleUse(this);
        Initializer.Gaussian(1).Fill(Weight.Value, random ?? new RandomSource(1));
    }

    /// <summary>How many ids there are.</summary>
    public int Count { get; }

    /// <summary>Numbers of a vector, D.</summary>
    public int Size { get; }

    /// <summary>The vectors, [ids, D].</summary>
    public Parameter Weight { get; }

    /// <summary>The vectors.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Held by whoever computes with the table.</summary>
    internal SoleUse Use { get; }

    /// <summary>∂L/∂output, [T·B, D] rows; the layer above writes here.</summary>
    internal PackedMatrix OutputGradient => outputGradient;

    /// <summary>Looks vectors up.</summary>
    /// <param name="ids">Whole numbers from 0 to count − 1, [T, B, 1] or, of one step, [B, 1].</param>
    /// <returns>[T, B, D] or [B, D], owned by the embedding: the next call overwrites it.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or a number is no id.</exception>
    public Tensor Forward(Tensor ids)
    {
        using var use = Use.Take();
        var vectors = TakeIds(ids, null);
        LookUp(Share.All);
        return vectors;
    }

    /// <summary>Adds the vectors' gradients to the rows that the last forward pass read.</summary>
    /// <param name="outputGradient">∂L/∂output, shape of the last output.</param>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    /// <exception cref="ArgumentException">The shape does not fit the last forward pass.</exception>
    public void Backward(Tensor outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        using var use = Use.Take();
        var shape = output ?? throw new InvalidOperationException("There is no backward pass before the first forward pass.");
        outputGradient.RequireShape("The output's gradient", shape.Shape);
        BeginBackward(Kernels.Best.Width);
        this.outputGradient.Write(outputGradient.Span, Size, 0);
        AddGradients(Share.All);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Embedding: {Count} ids → {Size}";

    /// <summary>Takes ids to look up; behind a sequence's end anything may stand, and the vector is zero.</summary>
    /// <returns>Where <see cref="LookUp"/> will write.</returns>
    internal Tensor TakeIds(Tensor input, int[]? lengths)
    {
        ArgumentNullException.ThrowIfNull(input);
        ReadOnlySpan<int> shape = input.Rank == 2 ? [-1, 1] : [-1, -1, 1];
        input.RequireShape("The ids", shape);
        var size = input.Shape[^2];
        var values = input.Span;
        for (var i = 0; i < values.Length; i++)
        {
            if (!IsPadding(i) && !(values[i] >= 0 && values[i] < Count && values[i] == MathF.Truncate(values[i])))
            {
                throw new ArgumentException(Invariant($"{values[i]} at step {i / size} of sequence {i % size} is no id of {this}: whole numbers from 0 to {Count - 1} are."));
            }
        }

        output = input.Rank == 2 ? Tensor.Reuse(output, input.Count, Size) : Tensor.Reuse(output, input.Shape[0], size, Size);
        Array.Resize(ref ids, input.Count);
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = IsPadding(i) ? -1 : (int)values[i];
        }

        return output;

        bool IsPadding(int i) => lengths is not null && i / size >= lengths[i % size];
    }

    /// <summary>Looks a share of the ids up.</summary>
    internal void LookUp(Share share)
    {
        for (var i = share.First(ids.Length); i < share.End(ids.Length); i++)
        {
            var row = output!.Span.Slice(i * Size, Size);
            if (ids[i] < 0)
            {
                row.Clear();
            }
            else
            {
                Weight.Value.Span.Slice(ids[i] * Size, Size).CopyTo(row);
            }
        }
    }

    internal void BeginBackward(int width) => outputGradient.Resize(width, ids.Length, Size);

    /// <summary>Adds a share of the columns, row after row, so that the sums do not depend on the number of threads.</summary>
    internal void AddGradients(Share share)
    {
        var gradient = Weight.Gradient.Span;
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] < 0)
            {
                continue;
            }

            // (A call of the platform's for so few numbers would take longer than the sum.)
            for (var panel = share.First(outputGradient.Panels); panel < share.End(outputGradient.Panels); panel++)
            {
                var lanes = outputGradient.Lanes(i, panel);
                var column = panel * lanes.Length;
                var row = gradient.Slice((ids[i] * Size) + column, Math.Min(lanes.Length, Size - column));
                var done = 0;
                for (; done <= row.Length - Vector<float>.Count; done += Vector<float>.Count)
                {
                    (new Vector<float>(row[done..]) + new Vector<float>(lanes[done..])).CopyTo(row[done..]);
                }

                for (; done < row.Length; done++)
                {
                    row[done] += lanes[done];
                }
            }
        }
    }
}
