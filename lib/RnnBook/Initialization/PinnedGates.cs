namespace RnnBook;

/// <summary>A gate of an LSTM; the value is its block of rows in the parameters, whose order is i, f, g, o.</summary>
public enum LstmGate
{
    /// <summary>i: how much of the candidate is added to the cell.</summary>
    Input = 0,

    /// <summary>f: how much of the cell is kept.</summary>
    Forget = 1,

    /// <summary>o: how much of the cell is shown.</summary>
    Output = 3,
}

/// <summary>Takes gates away, to see what they are good for.</summary>
public static class PinnedGates
{
    /// <summary>Far beyond where the logistic function is 0 or 1 in float, with a slope of exactly 0.</summary>
    private const float Far = 100;

    /// <summary>
    /// Pins a gate: open, it is 1 at every step, closed, it is 0, whatever comes in. Its weights are 0 and its bias is ±100, where the
    /// logistic function has no slope left; so its gradients are exactly 0, and no training moves it (a decay of weights could).
    /// </summary>
    /// <param name="lstm">The layer, which is returned; only this gate's weights and biases change.</param>
    /// <param name="gate">Which gate.</param>
    /// <param name="open">Whether it lets everything pass or nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such gate.</exception>
    public static Lstm Pin(this Lstm lstm, LstmGate gate, bool open = true)
    {
        ArgumentNullException.ThrowIfNull(lstm);
        if (!Enum.IsDefined(gate))
        {
            throw new ArgumentOutOfRangeException(nameof(gate), gate, "An LSTM has an input, a forget and an output gate.");
        }

        var first = (int)gate * lstm.HiddenSize;
        lstm.WeightIh.Value.Rows(first, lstm.HiddenSize).Clear();
        lstm.WeightHh.Value.Rows(first, lstm.HiddenSize).Clear();
        LayerStarts.SetGateBias(lstm, (int)gate, _ => open ? Far : -Far);
        return lstm;
    }
}
