namespace RnnBook;

/// <summary>
/// Gated recurrent unit, gates in the order r, z, n: n = tanh(W_in x + b_in + r⊙(W_hn h_{t−1} + b_hn)),
/// h_t = (1 − z)⊙n + z⊙h_{t−1}, with r, z by the logistic function.
/// </summary>
public sealed class Gru : RecurrentLayer
{
    private Tensor? gates;

    /// <summary>Makes a layer with PyTorch's default start: uniform in ±1/√H.</summary>
    /// <param name="inputSize">Inputs of a step, I.</param>
    /// <param name="hiddenSize">Units, H.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    public Gru(int inputSize, int hiddenSize, RandomSource? random = null)
        : base(inputSize, hiddenSize, 3, random)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => $"Gru: {InputSize} → {HiddenSize}";

    private protected override void Run(Tensor x, Tensor h0, Tensor h)
    {
        var (length, batch, n) = (h.Shape[0], h.Shape[1], HiddenSize);
        gates = new Tensor(length, batch, 4 * n);
        for (var t = 0; t < length; t++)
        {
            for (var b = 0; b < batch; b++)
            {
                for (var j = 0; j < n; j++)
                {
                    var r = Activation.Sigmoid.Value(Input(t, b, j) + Recurrent(t, b, j));
                    var z = Activation.Sigmoid.Value(Input(t, b, n + j) + Recurrent(t, b, n + j));
                    var inner = Recurrent(t, b, (2 * n) + j);
                    var candidate = MathF.Tanh(Input(t, b, (2 * n) + j) + (r * inner));
                    (gates[t, b, j], gates[t, b, n + j], gates[t, b, (2 * n) + j], gates[t, b, (3 * n) + j]) = (r, z, candidate, inner);
                    h[t, b, j] = ((1 - z) * candidate) + (z * Previous(t, b, j));
                }
            }
        }
    }

    private protected override void RunBack(Tensor outputGradient, Tensor? inputGradient)
    {
        var (length, batch, n) = (outputGradient.Shape[0], outputGradient.Shape[1], HiddenSize);
        var dh = new Tensor(batch, n);
        for (var t = length - 1; t >= 0; t--)
        {
            var previous = new Tensor(batch, n);
            for (var b = 0; b < batch; b++)
            {
                for (var j = 0; j < n; j++)
                {
                    var (r, z, candidate, inner) = (gates![t, b, j], gates[t, b, n + j], gates[t, b, (2 * n) + j], gates[t, b, (3 * n) + j]);
                    var total = dh[b, j] + outputGradient[t, b, j];
                    if (StateGradients is not null)
                    {
                        StateGradients[t, b, j] = total;
                    }

                    var dn = total * (1 - z) * (1 - (candidate * candidate));
                    var dz = total * (Previous(t, b, j) - candidate) * z * (1 - z);
                    var dr = dn * inner * r * (1 - r);
                    previous[b, j] += total * z;
                    BackInput(t, b, j, dr, inputGradient);
                    BackRecurrent(t, b, j, dr, previous);
                    BackInput(t, b, n + j, dz, inputGradient);
                    BackRecurrent(t, b, n + j, dz, previous);
                    BackInput(t, b, (2 * n) + j, dn, inputGradient);
                    BackRecurrent(t, b, (2 * n) + j, dn * r, previous);
                }
            }

            dh = previous;
        }

        InitialStateGradient = dh;
    }
}
