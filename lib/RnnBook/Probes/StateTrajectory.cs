using MathNet.Numerics.LinearAlgebra;
using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// The path of one sequence through a plain recurrent layer, computed in double from the layer's weights:
/// net_t = W_ih x_t + b_ih + W_hh h_{t−1} + b_hh and h_t = f(net_t), plus h_{t−1} if the layer is residual. Time steps count from 1 as
/// in the formulas, h_0 is the initial state; x_t is slice t − 1 of the input tensor.
/// </summary>
public sealed class StateTrajectory
{
    private readonly Vector<double>[] nets;
    private readonly Vector<double>[] states;

    /// <summary>Runs the layer as it is now; later changes of its weights are not seen.</summary>
    /// <param name="rnn">The layer.</param>
    /// <param name="x">Inputs, [T, B, I].</param>
    /// <param name="sequence">Which of the B sequences.</param>
    /// <param name="initialState">h_0, H elements; null for zeros.</param>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public StateTrajectory(Rnn rnn, Tensor x, int sequence = 0, Vector<double>? initialState = null)
    {
        ArgumentNullException.ThrowIfNull(rnn);
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("x", -1, -1, rnn.InputSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)sequence, (uint)x.Shape[1], nameof(sequence));
        Recurrence = new StateRecurrence(rnn);
        Length = x.Shape[0];
        nets = new Vector<double>[Length];
        states = new Vector<double>[Length + 1];
        states[0] = initialState ?? Vector<double>.Build.Dense(rnn.HiddenSize);
        for (var t = 1; t <= Length; t++)
        {
            var input = Vector<double>.Build.Dense(rnn.InputSize, i => x[t - 1, sequence, i]);
            nets[t - 1] = Recurrence.Net(states[t - 1], input);
            states[t] = Recurrence.State(states[t - 1], nets[t - 1]);
        }
    }

    /// <summary>The step that was repeated.</summary>
    public StateRecurrence Recurrence { get; }

    /// <summary>Time steps T.</summary>
    public int Length { get; }

    /// <summary>net_t, H elements, t from 1 to T.</summary>
    public Vector<double> Net(int t)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(t, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(t, Length);
        return nets[t - 1];
    }

    /// <summary>h_t, H elements, t from 0 to T.</summary>
    public Vector<double> State(int t)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(t);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(t, Length);
        return states[t];
    }

    /// <inheritdoc/>
    public override string ToString() => Invariant($"{Length} steps of {Recurrence}, ‖h_T‖ = {states[^1].L2Norm():G4}");
}
