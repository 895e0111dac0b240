namespace RnnBook;

/// <summary>
/// The LSTM cell to read: one sequence, one number at a time, in double. <see cref="Lstm"/> computes the same, many times faster; tests hold the two
/// together.
/// </summary>
/// <param name="w">Four gates of H rows: i, f, g, o.</param>
public sealed class LstmCell(CellWeights w)
{
    /// <summary>i, f, o = σ(z), g = tanh(z), each with z = W_ih x_t + b_ih + W_hh h_{t−1} + b_hh; c_t = f c_{t−1} + i g; h_t = o tanh(c_t).</summary>
    /// <param name="x">x_t, I numbers.</param>
    /// <param name="h">h_{t−1}, H numbers.</param>
    /// <param name="c">c_{t−1}, H numbers.</param>
    /// <returns>h_t, c_t and what the way back needs.</returns>
    public LstmStep Forward(double[] x, double[] h, double[] c)
    {
        ArgumentNullException.ThrowIfNull(h);
        ArgumentNullException.ThrowIfNull(c);
        var n = h.Length;
        var (i, f, g, o, next, nextC) = (new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
        for (var j = 0; j < n; j++)
        {
            i[j] = CellWeights.Sigmoid(w.Input(j, x) + w.Recurrent(j, h));
            f[j] = CellWeights.Sigmoid(w.Input(n + j, x) + w.Recurrent(n + j, h));
            g[j] = Math.Tanh(w.Input((2 * n) + j, x) + w.Recurrent((2 * n) + j, h));
            o[j] = CellWeights.Sigmoid(w.Input((3 * n) + j, x) + w.Recurrent((3 * n) + j, h));
            nextC[j] = (f[j] * c[j]) + (i[j] * g[j]);
            next[j] = o[j] * Math.Tanh(nextC[j]);
        }

        return new LstmStep(x, h, c, i, f, g, o, next, nextC);
    }

    /// <summary>The same lines from the last to the first: σ′ = σ(1 − σ), tanh′ = 1 − tanh². Adds to the weights' gradients.</summary>
    /// <param name="step">What <see cref="Forward"/> gave.</param>
    /// <param name="dNext">∂L/∂h_t, with every path through later steps counted.</param>
    /// <param name="dNextC">∂L/∂c_t, but for the path over h_t.</param>
    /// <returns>∂L/∂x_t, ∂L/∂h_{t−1} and ∂L/∂c_{t−1}.</returns>
    public (double[] Dx, double[] Dh, double[] Dc) Backward(LstmStep step, double[] dNext, double[] dNextC)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(dNext);
        ArgumentNullException.ThrowIfNull(dNextC);
        var n = step.H.Length;
        var (dx, dh, dc) = (new double[step.X.Length], new double[n], new double[n]);
        for (var j = 0; j < n; j++)
        {
            var (i, f, g, o, tanh) = (step.I[j], step.F[j], step.G[j], step.O[j], Math.Tanh(step.NextC[j]));
            var d = dNextC[j] + (dNext[j] * o * (1 - (tanh * tanh)));
            dc[j] = d * f;
            Back(j, d * g * i * (1 - i));
            Back(n + j, d * step.C[j] * f * (1 - f));
            Back((2 * n) + j, d * i * (1 - (g * g)));
            Back((3 * n) + j, dNext[j] * tanh * o * (1 - o));
        }

        return (dx, dh, dc);

        void Back(int row, double dz)
        {
            w.InputBack(row, dz, step.X, dx);
            w.RecurrentBack(row, dz, step.H, dh);
        }
    }
}

/// <summary>A time step of an <see cref="LstmCell"/>.</summary>
/// <param name="X">x_t.</param>
/// <param name="H">h_{t−1}.</param>
/// <param name="C">c_{t−1}.</param>
/// <param name="I">Input gate.</param>
/// <param name="F">Forget gate.</param>
/// <param name="G">Candidate.</param>
/// <param name="O">Output gate.</param>
/// <param name="Next">h_t.</param>
/// <param name="NextC">c_t.</param>
public sealed record LstmStep(double[] X, double[] H, double[] C, double[] I, double[] F, double[] G, double[] O, double[] Next, double[] NextC);
