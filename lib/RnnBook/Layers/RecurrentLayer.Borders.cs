namespace RnnBook;

/// <summary>
/// Where sequences and gradients end. A sequence shorter than the batch keeps its state from its end on: the gradient of such a step
/// goes back unchanged, around the cell, which sees none of it. And in truncated back-propagation no gradient of the state
/// crosses the border of a window.
/// </summary>
public abstract partial class RecurrentLayer
{
    private readonly Strips held = new();
    private int[] lengths = [];
    private bool isMasked;

    /// <summary>
    /// Truncated back-propagation: the sequence is cut into windows of so many steps; the state goes on from one to the next, the
    /// gradient of the state does not go back. Null: back-propagation through all steps, as with a window of T or more.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? GradientWindow
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(value));
            field = value;
        }
    }

    /// <summary>Whether step t is the first of a later window: nothing of its gradient goes back to step t − 1.</summary>
    private protected bool IsCut(int t) => GradientWindow is { } window && t > 0 && t % window == 0;

    /// <summary>For the sequences that have ended, takes rows out and leaves zeros, so that the cell sees no gradient.</summary>
    private void Hold(Strips source, Strips held, int t, int first, int rows)
    {
        for (var b = first; b < first + rows; b++)
        {
            if (t >= lengths[b])
            {
                held.Write(source, b, 1, HiddenSize, b, 0);
                source.ClearRows(b, 1, HiddenSize);
            }
        }
    }

    /// <summary>For the sequences that have ended, puts the rows that were taken out over what stands there.</summary>
    private void Release(Strips held, Strips target, int t, int first, int rows)
    {
        for (var b = first; b < first + rows; b++)
        {
            if (t >= lengths[b])
            {
                target.Write(held, b, 1, HiddenSize, b, 0);
            }
        }
    }

    /// <summary>Copies a row of all that the cell hands on from step to step.</summary>
    private protected virtual void CarryRow(int from, int to) => state.Write(state, from, 1, HiddenSize, to, 0);

    /// <summary>Makes the state that the last step ended in the one that the first step starts from.</summary>
    internal virtual void CarryState()
    {
        statesAreCurrent = false;
        CarryState(state);
    }

    private protected void CarryState(Strips states) =>
        kernels.Copy(new Rows(states, 0), new Rows(states, Length * Batch), Batch, UnitStrips);

    private void TakeLengths(int[]? lengths)
    {
        isMasked = lengths is not null && lengths.AsSpan().ContainsAnyExcept(Length);
        if (isMasked)
        {
            Array.Resize(ref this.lengths, Batch);
            lengths!.CopyTo(this.lengths, 0);
        }
    }

    private void CarryEnded(int t, int first, int rows)
    {
        for (var b = first; b < first + rows; b++)
        {
            if (t >= lengths[b])
            {
                CarryRow((t * Batch) + b, ((t + 1) * Batch) + b);
            }
        }
    }

    /// <summary>Zeros in place of the inputs behind a sequence's end: whatever stands there must not matter, not even NaN.</summary>
    private void BlankPadding(int t, int first, int rows)
    {
        for (var b = first; b < first + rows; b++)
        {
            for (var i = 0; t >= lengths[b] && i < InputSize; i++)
            {
                state[(t * Batch) + b, HiddenSize + i] = 0;
            }
        }
    }
}
