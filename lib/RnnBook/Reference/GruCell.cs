namespace RnnBook;

/// <summary>
/// The GRU cell to read: one sequence, one number at a time, in double. <see cref="Gru"/> computes the same, many times faster; tests hold the two
/// together.
/// </summary>
/// <param name="w">Three gates of H rows: r, z, n.</param>
public sealed class GruCell(CellWeights w)
{
    /// <summary>
    /// r, z = σ(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh); n = tanh(W_in x_t + b_in + r (W_hn h_{t−1} + b_hn)); h_t = (1 − z) n + z h_{t−1}. (PyTorch's
    /// z keeps; in some papers it writes.)
    /// </summary>
    /// <param name="x">x_t, I numbers.</param>
    /// <param name="h">h_{t−1}, H numbers.</param>
    /// <returns>h_t and what the way back needs.</returns>
    public GruStep Forward(double[] x, double[] h)
    {
        ArgumentNullException.ThrowIfNull(h);
        var size = h.Length;
        var (r, z, n, inner, next) = (new double[size], new double[size], new double[size], new double[size], new double[size]);
        for (var j = 0; j < size; j++)
        {
            r[j] = CellWeights.Sigmoid(w.Input(j, x) + w.Recurrent(j, h));
            z[j] = CellWeights.Sigmoid(w.Input(size + j, x) + w.Recurrent(size + j, h));
            inner[j] = w.Recurrent((2 * size) + j, h);
            n[j] = Math.Tanh(w.Input((2 * size) + j, x) + (r[j] * inner[j]));
            next[j] = ((1 - z[j]) * n[j]) + (z[j] * h[j]);
        }

        return new GruStep(x, h, r, z, n, inner, next);
    }

    /// <summary>The same lines from the last to the first: σ′ = σ(1 − σ), tanh′ = 1 − tanh². Adds to the weights' gradients.</summary>
    /// <param name="step">What <see cref="Forward"/> gave.</param>
    /// <param name="dNext">∂L/∂h_t, with every path through later steps counted.</param>
    /// <returns>∂L/∂x_t and ∂L/∂h_{t−1}.</returns>
    public (double[] Dx, double[] Dh) Backward(GruStep step, double[] dNext)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(dNext);
        var size = step.H.Length;
        var (dx, dh) = (new double[step.X.Length], new double[size]);
        for (var j = 0; j < size; j++)
        {
            var (r, z, n) = (step.R[j], step.Z[j], step.N[j]);
            var dn = dNext[j] * (1 - z) * (1 - (n * n));
            var dr = dn * step.Inner[j] * r * (1 - r);
            var dz = dNext[j] * (step.H[j] - n) * z * (1 - z);
            dh[j] += dNext[j] * z;
            w.InputBack(j, dr, step.X, dx);
            w.RecurrentBack(j, dr, step.H, dh);
            w.InputBack(size + j, dz, step.X, dx);
            w.RecurrentBack(size + j, dz, step.H, dh);
            w.InputBack((2 * size) + j, dn, step.X, dx);
            w.RecurrentBack((2 * size) + j, dn * r, step.H, dh);
        }

        return (dx, dh);
    }
}

/// <summary>A time step of a <see cref="GruCell"/>.</summary>
/// <param name="X">x_t.</param>
/// <param name="H">h_{t−1}.</param>
/// <param name="R">Reset gate.</param>
/// <param name="Z">Update gate: how much is kept.</param>
/// <param name="N">Candidate.</param>
/// <param name="Inner">W_hn h_{t−1} + b_hn.</param>
/// <param name="Next">h_t.</param>
public sealed record GruStep(double[] X, double[] H, double[] R, double[] Z, double[] N, double[] Inner, double[] Next);
