namespace RnnBook;

/// <summary>
/// Which sequences of a batch have ended before a step. From its end on a sequence keeps its state: the gradient of such a step goes back
/// unchanged, around the cell, which sees none of it.
/// </summary>
internal sealed class Masking
{
    private readonly PackedMatrix held = new();
    private int[] lengths = [];

    /// <summary>Whether any sequence is shorter than the batch.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Takes on the lengths of a batch.</summary>
    /// <param name="lengths">Each sequence's own length; null if all have T steps.</param>
    /// <param name="length">T.</param>
    /// <param name="batch">B.</param>
    public void Begin(int[]? lengths, int length, int batch)
    {
        IsOn = lengths is not null && lengths.AsSpan().ContainsAnyExcept(length);
        if (IsOn)
        {
            Array.Resize(ref this.lengths, batch);
            lengths!.CopyTo(this.lengths, 0);
        }
    }

    /// <summary>Whether step t, counted from 0, lies behind a sequence's end.</summary>
    public bool HasEnded(int t, int b) => t >= lengths[b];

    /// <summary>Makes room for gradients of states.</summary>
    public void BeginBackward(int width, int batch, int units) => held.Resize(width, batch, units);

    /// <summary>For the sequences that have ended, takes rows out and leaves zeros, so that the cell sees no gradient.</summary>
    public void Hold(PackedMatrix source, int t, int first, int rows)
    {
        for (var b = first; b < first + rows; b++)
        {
            if (HasEnded(t, b))
            {
                held.Write(source, b, 1, held.Columns, b);
                source.ClearRows(b, 1, held.Columns);
            }
        }
    }

    /// <summary>For the sequences that have ended, puts the rows that were taken out over what stands there.</summary>
    public void Release(PackedMatrix target, int t, int first, int rows)
    {
        for (var b = first; b < first + rows; b++)
        {
            if (HasEnded(t, b))
            {
                target.Write(held, b, 1, held.Columns, b);
            }
        }
    }
}
