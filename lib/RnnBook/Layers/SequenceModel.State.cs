namespace RnnBook;

/// <summary>Where a model starts from, where it has come to, and how far back its gradients go.</summary>
public sealed partial class SequenceModel
{
    /// <summary>
    /// The state that forward passes start from, [B, H] of each layer; null for zeros. It is read, never written. To go on with a long
    /// sequence, set it to what <see cref="ReadFinalState"/> gave: no gradient flows back into the part before.
    /// </summary>
    /// <exception cref="ArgumentException">The state belongs to another model.</exception>
    public SequenceState? InitialState
    {
        get;
        set
        {
            if (value is not null)
            {
                RequireState(value, value.Size);
            }

            field = value;
            for (var i = 0; i < Layers.Count; i++)
            {
                if (Layers[i] is Lstm lstm)
                {
                    lstm.InitialCell = value?.Cell[i];
                }
            }
        }
    }

    /// <summary>Truncated back-propagation through time: <see cref="RecurrentLayer.GradientWindow"/> of all layers. Null: through all steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? GradientWindow
    {
        get;
        set
        {
            foreach (var layer in Layers)
            {
                layer.GradientWindow = value;
            }

            field = value;
        }
    }

    /// <summary>A state of zeros, to be filled.</summary>
    /// <param name="size">Sequences B, 1 or more.</param>
    public SequenceState NewState(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return new SequenceState(Layers, size);
    }

    /// <summary>Copies the state that the last forward pass ended in, each sequence's after its own last step.</summary>
    /// <param name="target">Of this model, for as many sequences; may be the initial state of that pass.</param>
    /// <exception cref="ArgumentException">The state does not fit.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    public void ReadFinalState(SequenceState target)
    {
        RequireState(target, Layers[0].RequireForward());
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].ReadFinalState(target.Hidden[i], target.Cell[i]);
        }
    }

    /// <summary>Copies the gradient of the last backward pass with respect to its initial state.</summary>
    /// <param name="target">Of this model, for as many sequences.</param>
    /// <exception cref="ArgumentException">The state does not fit.</exception>
    /// <exception cref="InvalidOperationException">There was no backward pass yet, or none for as many sequences as the last forward pass had.</exception>
    public void ReadInitialStateGradient(SequenceState target)
    {
        RequireState(target, Layers[0].RequireForward());
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].ReadInitialStateGradient(target.Hidden[i], target.Cell[i]);
        }
    }

    private void RequireState(SequenceState state, int size)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.RequireSize(size);
        var fits = state.Hidden.Count == Layers.Count;
        for (var i = 0; fits && i < Layers.Count; i++)
        {
            fits = state.Hidden[i].Shape[1] == Layers[i].HiddenSize && state.Cell[i] is not null == Layers[i] is Lstm;
        }

        if (!fits)
        {
            throw new ArgumentException($"The {state} does not belong to the model {this}.", nameof(state));
        }
    }
}
