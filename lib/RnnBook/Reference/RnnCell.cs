namespace RnnBook;

/// <summary>
/// The plain recurrent cell to read: one sequence, one number at a time, in double. <see cref="Rnn"/> computes the same, many times faster; tests hold
/// the two together.
/// </summary>
/// <param name="w">One gate: H rows.</param>
/// <param name="f">The activation.</param>
/// <param name="residual">Whether there is a shortcut, h_t = h_{t−1} + f(z).</param>
public sealed class RnnCell(CellWeights w, Activation f, bool residual = false)
{
    /// <summary>h_t = f(z), z = W_ih x_t + b_ih + W_hh h_{t−1} + b_hh.</summary>
    /// <param name="x">x_t, I numbers.</param>
    /// <param name="h">h_{t−1}, H numbers.</param>
    /// <returns>h_t and what the way back needs.</returns>
    public RnnStep Forward(double[] x, double[] h)
    {
        ArgumentNullException.ThrowIfNull(h);
        var (z, next) = (new double[h.Length], new double[h.Length]);
        for (var j = 0; j < h.Length; j++)
        {
            z[j] = w.Input(j, x) + w.Recurrent(j, h);
            next[j] = f.Value(z[j]) + (residual ? h[j] : 0);
        }

        return new RnnStep(x, h, z, next);
    }

    /// <summary>∂L/∂z = ∂L/∂h_t·f′(z); from there to x_t, h_{t−1}, and the weights, to whose gradients it adds.</summary>
    /// <param name="step">What <see cref="Forward"/> gave.</param>
    /// <param name="dNext">∂L/∂h_t, with every path through later steps counted.</param>
    /// <returns>∂L/∂x_t and ∂L/∂h_{t−1}.</returns>
    public (double[] Dx, double[] Dh) Backward(RnnStep step, double[] dNext)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(dNext);
        var (dx, dh) = (new double[step.X.Length], new double[step.H.Length]);
        for (var j = 0; j < dh.Length; j++)
        {
            var dz = dNext[j] * f.Derivative(step.Z[j]);
            w.InputBack(j, dz, step.X, dx);
            w.RecurrentBack(j, dz, step.H, dh);
            dh[j] += residual ? dNext[j] : 0;
        }

        return (dx, dh);
    }
}

/// <summary>A time step of an <see cref="RnnCell"/>.</summary>
/// <param name="X">x_t.</param>
/// <param name="H">h_{t−1}.</param>
/// <param name="Z">The pre-activations.</param>
/// <param name="Next">h_t.</param>
public sealed record RnnStep(double[] X, double[] H, double[] Z, double[] Next);
